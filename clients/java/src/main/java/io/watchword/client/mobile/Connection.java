package io.watchword.client.mobile;

import io.watchword.client.http.Transport;
import io.watchword.client.http.Unanswered;
import io.watchword.wire.ida.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Sends requests of the device API (contract mobile 3.1). Every one of them may be repeated: the
 * server gives the same reply to the same key.
 */
final class Connection {

  /** Many times what the longest reply has. */
  static final int LONGEST_REPLY = 64 * 1024;

  private static final int TRIES = 3;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,16384}");

  private final MobileAuthConfig config;
  private final Transport transport;

  Connection(MobileAuthConfig config) {
    this.config = config;
    this.transport = config.transport(LONGEST_REPLY);
  }

  /** Posts an object, again if the reply is lost. */
  Reply post(String path, UserSession session, Map<String, ?> body) throws MobileAuthException {
    return send("POST", path, session, BodyPublishers.ofByteArray(Json.write(body)));
  }

  /** Deletes, again if the reply is lost. */
  Reply delete(String path, UserSession session) throws MobileAuthException {
    return send("DELETE", path, session, BodyPublishers.noBody());
  }

  private Reply send(String method, String path, UserSession session, BodyPublisher body)
      throws MobileAuthException {
    if (!TOKEN.matcher(session.accessToken()).matches()) {
      throw Refusals.badToken().exception();
    }
    MobileAuthException lost = MobileAuthError.unreadable().exception();
    for (int i = 0; i < TRIES; i++) {
      if (i > 0) {
        pause();
      }
      try {
        Reply reply = Reply.of(transport.send(request(method, path, session, body)));
        if (reply.status() < 500) {
          return reply;
        }
        lost = Refusals.serverFault().exception();
      } catch (Unanswered e) {
        lost = new MobileAuthException(Refusals.unanswered(e), e);
        if (e.isNeverSent() || Thread.currentThread().isInterrupted()) {
          throw lost;
        }
      }
    }
    throw lost;
  }

  private HttpRequest.Builder request(
      String method, String path, UserSession session, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(config.server() + "/oauth/mobile-auth/v1" + path))
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + session.accessToken())
            .method(method, body);
    return method.equals("POST") ? request.header("Content-Type", "application/json") : request;
  }

  private void pause() throws MobileAuthException {
    try {
      TimeUnit.NANOSECONDS.sleep(config.repeatAfter().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MobileAuthException(MobileAuthError.internal("the client was closed"), e);
    }
  }
}
