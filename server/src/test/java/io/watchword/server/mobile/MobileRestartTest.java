package io.watchword.server.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.mobile.Phone.Portal;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that stops between the steps of a login by phone and comes back. */
class MobileRestartTest {

  @TempDir Path folder;

  /** On the same port each time: apps pin the server's address, and what they sign holds it. */
  private DemoServer start(int port) {
    return DemoServer.in(folder, Map.of("server.port", Integer.toString(port)), Clock.systemUTC());
  }

  private static Portal portal(DemoServer demo) {
    JsonNode portal = demo.credentials().get("portal");
    return new Portal(
        demo, portal.get("clientId").stringValue(), portal.get("clientSecret").stringValue());
  }

  @Test
  @DisplayName("restarts between start, scan, answer and redeeming lose nothing")
  void restarts() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    byte[] secret = new byte[32];
    secret[7] = 7;
    Phone phone;
    Reply started;
    String address = "http://127.0.0.1:" + port;
    try (DemoServer demo = start(port)) {
      phone = new Phone(demo, address, "restarted");
      phone.tokens(
          Map.of(
              "grant_type",
              "password",
              "username",
              "M392380",
              "password",
              demo.password("M392380")));
      assertThat(phone.enroll().status()).isEqualTo(201);
      started =
          portal(demo).start(Map.of("type", "qr-code", "session_binding", SignedText.hash(secret)));
      assertThat(started.status()).isEqualTo(200);
    }
    String id = started.text("transaction_id");
    Reply question;
    try (DemoServer demo = start(port)) {
      phone.base = demo::url;
      question = phone.claim(started.text("otp"));
      assertThat(question.status()).as("%s", question.json()).isEqualTo(200);
      assertThat(portal(demo).result(id).text("status")).isEqualTo("scanned");
    }
    try (DemoServer demo = start(port)) {
      phone.base = demo::url;
      assertThat(phone.claim(started.text("otp")).text("challenge"))
          .isEqualTo(question.text("challenge"));
      assertThat(phone.answer(question, "accept").status()).isEqualTo(200);
      assertThat(portal(demo).result(id).text("status")).isEqualTo("approved");
    }
    try (DemoServer demo = start(port)) {
      phone.base = demo::url;
      assertThat(phone.answer(question, "accept").status()).isEqualTo(200);
      Reply redeemed =
          portal(demo).post(id, "redeem", Map.of("session_secret", Base64Url.encode(secret)));
      assertThat(redeemed.text("user_id")).isEqualTo("M392380");
    }
  }
}
