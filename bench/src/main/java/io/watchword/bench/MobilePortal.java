package io.watchword.bench;

import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.node.ObjectNode;

/** The back end of a login page (contract mobile 1.2 to 1.5), for many threads. */
final class MobilePortal implements AutoCloseable {

  private static final String API = "/oauth/api/v4/authenticate/";

  /** Seconds; shorter than what a connection waits for an answer. */
  private static final int WAIT = 15;

  private final String url;
  private final String authorization;
  private final ConcurrentLinkedQueue<HttpConnection> idle = new ConcurrentLinkedQueue<>();
  private final SecureRandom random = new SecureRandom();

  MobilePortal(String url, String id, String secret) {
    this.url = url;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((id + ":" + secret).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A login that was started.
   *
   * @param secret of the browser, base64url
   */
  record Started(String transaction, String otp, String secret) {}

  Started start() throws IOException {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    ObjectNode answer =
        call("POST", API + "user", "type=bench&session_binding=" + SignedText.hash(secret), 200);
    return new Started(
        answer.path("transaction_id").asString(),
        answer.path("otp").asString(),
        Base64Url.encode(secret));
  }

  /** Waits until the person has accepted; when that was told, as {@link System#nanoTime}. */
  long approved(String transaction) throws IOException {
    int version = 0;
    while (true) {
      ObjectNode answer =
          call("GET", API + "transaction/" + transaction + "?wait=15&version=" + version, "", 0);
      String status = answer.path("status").asString("");
      if (status.equals("approved")) {
        return System.nanoTime();
      }
      if (!status.equals("pending") && !status.equals("scanned")) {
        throw new IOException("not approved: " + answer);
      }
      version = answer.path("version").asInt(version);
    }
  }

  /** Starts a login that nobody scans and waits for it until its time is over. */
  void waitForNobody(AtomicBoolean over) throws IOException {
    String transaction = start().transaction();
    String status = "pending";
    while (status.equals("pending") && !over.get()) {
      status =
          call("GET", API + "transaction/" + transaction + "?wait=" + WAIT + "&version=0", "", 0)
              .path("status")
              .asString("");
    }
  }

  void redeem(Started started) throws IOException {
    ObjectNode answer =
        call(
            "POST",
            API + "transaction/" + started.transaction() + "/redeem",
            "session_secret=" + started.secret(),
            200);
    if (!answer.path("is_authenticated").asBoolean(false)) {
      throw new IOException("not authenticated: " + answer);
    }
  }

  /**
   * @param status that the answer must have; 0: any
   */
  private ObjectNode call(String method, String path, String form, int status) throws IOException {
    HttpConnection connection = idle.poll();
    if (connection == null) {
      connection = new HttpConnection(url);
    }
    HttpConnection.Answer answer =
        connection.exchange(
            (method
                    + " "
                    + path
                    + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                    + authorization
                    + (method.equals("POST")
                        ? "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                            + form.length()
                        : "")
                    + "\r\n\r\n"
                    + form)
                .getBytes(StandardCharsets.US_ASCII));
    idle.add(connection);
    if (status != 0 && answer.status() != status) {
      throw new IOException(path + ": " + answer.status() + " " + answer.body());
    }
    return Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8))
        .orElseThrow(() -> new IOException("no JSON: " + answer.body()));
  }

  @Override
  public void close() throws IOException {
    for (HttpConnection each : idle) {
      each.close();
    }
  }
}
