package io.watchword.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests whose bodies nobody wants: there is nothing at {@code /nowhere}. */
@Timeout(60)
class UnreadBodyTest {

  private static HttpHost start(Map<String, String> settings) {
    return Hosts.start(settings, List.of(), 1024, new Health(List.of()));
  }

  private static String post(String headers) {
    return "POST /nowhere HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
  }

  @Test
  void aBodyThatDawdlesIsCutOff() throws Exception {
    try (HttpHost host =
            start(Map.of("server.limits.body-time", "1s", "server.limits.idle", "1m"));
        var client = new RawClient(host.port())) {
      client.send(post("Content-Length: 12\r\n") + "{");
      assertThat(client.readStatus()).startsWith("HTTP/1.1 404");
      long start = System.nanoTime();
      client.readAll();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aLargeBodyOrOneThatMayNeverComeIsNotWaitedFor() throws Exception {
    try (HttpHost host = start(Map.of())) {
      for (String headers :
          List.of(
              "Content-Length: 65537\r\n",
              "Content-Length: 12\r\nExpect: 100-continue\r\n",
              "Transfer-Encoding: chunked\r\n")) {
        try (var client = new RawClient(host.port())) {
          client.send(post(headers));
          assertThat(client.readAll())
              .as(headers)
              .startsWith("HTTP/1.1 404")
              .containsIgnoringCase("connection: close")
              .doesNotContain("SocketTimeout");
        }
      }
    }
  }

  @Test
  void aSmallBodyDoesNotStandInTheWayOfTheNextRequest() throws Exception {
    try (HttpHost host = start(Map.of());
        var client = new RawClient(host.port())) {
      client.send(post("Content-Length: 12\r\n"));
      assertThat(client.readStatus()).startsWith("HTTP/1.1 404"); // before the body is there
      client.send("{\"a\":\"body\"}");
      client.send("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(client.readAll()).contains("HTTP/1.1 200").endsWith("UP");
    }
  }

  @Test
  void aConnectionEndsWithTheRequestThatSaysSo() throws Exception {
    try (HttpHost host = start(Map.of())) {
      for (String request : List.of("GET /health", "GET /nowhere", "POST /nowhere")) {
        try (var client = new RawClient(host.port())) {
          client.send(request + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
          client.send("Content-Length: 2\r\n\r\nabGET /health HTTP/1.1\r\nHost: a\r\n\r\n");
          assertThat(client.readAll())
              .as(request)
              .containsOnlyOnce("HTTP/1.1 ")
              .doesNotContain("SocketTimeout");
        }
      }
    }
  }
}
