package io.watchword.server.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.server.DemoServer;
import io.watchword.server.mobile.Phone.Portal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One portal that opens more requests than it can want, and others beside it. */
class WaitingPortalsTest {

  private static final int OPENED = 1_000;
  private static final int MOST = 300;

  @TempDir Path data;

  @Test
  @DisplayName("of 1,000 requests that one portal leaves open the server keeps as many as it may")
  void others() throws Exception {
    try (DemoServer demo =
        DemoServer.in(
            data,
            Map.of("doors.mobile.waiting-requests", Integer.toString(MOST)),
            Clock.systemUTC())) {
      var register = demo.server().platform().administration().mobile();
      MobileType usual = MobileType.standard("plain", Map.of("en", "Log in?"));
      register.put(
          "test",
          new MobileType(
              usual.name(),
              usual.expiresIn(),
              usual.defaultMessages(),
              null,
              usual.decideWithin(),
              usual.redeemWithin(),
              usual.rotation(),
              usual.confirmation(),
              false,
              false,
              false,
              usual.onMismatch(),
              usual.maxWrongCodes(),
              usual.maxBadAnswers(),
              usual.pollInterval()));
      Portal greedy = portal(demo, "greedy");
      Portal other = portal(demo, "other");
      demo.server().platform().refresh();
      String id = greedy.start(Map.of("type", "plain")).text("transaction_id");
      List<Socket> open = new ArrayList<>();
      try {
        for (int i = 0; i < OPENED; i++) {
          open.add(ask(demo.url(), greedy, id));
        }
        int refused = refused(open);
        assertThat(refused).as("told to slow down at once").isEqualTo(OPENED - MOST);

        String others = other.start(Map.of("type", "plain")).text("transaction_id");
        assertThat(other.result(others, "?wait=1&version=0").status()).isEqualTo(202);
        assertThat(greedy.result(id, "?wait=5&version=0").refusal()).isEqualTo("429 slow_down");
        // What does not wait is not refused.
        assertThat(greedy.start(Map.of("type", "plain")).status()).isEqualTo(200);
        assertThat(greedy.post(id, "cancel", Map.of()).status()).isEqualTo(200);
        for (Socket each : open) {
          assertThat(status(each)).isIn(200, 429);
        }
        assertThat(greedy.result(id, "?wait=5&version=0").status()).as("all gone").isEqualTo(200);
      } finally {
        for (Socket each : open) {
          each.close();
        }
      }
    }
  }

  private static Portal portal(DemoServer demo, String id) {
    return new Portal(
        demo,
        id,
        demo.server()
            .platform()
            .administration()
            .mobile()
            .put(
                "test",
                new MobileRegister.Portal(
                    id,
                    id,
                    Set.of(PortalClient.Scope.MOBILE_AUTHENTICATION),
                    List.of(),
                    List.of(),
                    false,
                    null,
                    true))
            .orElseThrow());
  }

  /** Sends a request that waits, and does not read its answer. */
  private static Socket ask(String url, Portal portal, String transaction) throws IOException {
    URI at = URI.create(url);
    var socket = new Socket(at.getHost(), at.getPort());
    String credentials =
        Base64.getEncoder()
            .encodeToString(
                (portal.id() + ":" + portal.secret()).getBytes(StandardCharsets.US_ASCII));
    socket
        .getOutputStream()
        .write(
            ("GET /oauth/api/v4/authenticate/transaction/"
                    + transaction
                    + "?wait=30&version=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Basic "
                    + credentials
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** How many have an answer already, once that number stays. */
  private static int refused(List<Socket> open) throws Exception {
    int before = -1;
    int now = 0;
    while (now != before || now == 0) {
      before = now;
      Thread.sleep(1_000);
      now = 0;
      for (Socket each : open) {
        now += each.getInputStream().available() > 0 ? 1 : 0;
      }
    }
    return now;
  }

  private static int status(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    String line =
        new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    return Integer.parseInt(line.substring(9, 12));
  }
}
