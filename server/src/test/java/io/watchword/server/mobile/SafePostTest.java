package io.watchword.server.mobile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.watchword.testkit.sms.SmsGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafePostTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::7f00:1"
      })
  @DisplayName("addresses of this machine and of private networks are not public")
  void inside(String address) {
    assertThat(SafePost.isPublic(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "100.63.0.1", "172.32.0.1", "198.51.100.1", "2606:4700::1111"})
  @DisplayName("others are")
  void outside(String address) {
    assertThat(SafePost.isPublic(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  @DisplayName("a private address is never connected to, whatever it is called")
  void refused() {
    try (var server = SmsGateway.start()) {
      var post = new SafePost(SECOND, SECOND, false);
      for (String uri :
          new String[] {
            server.at("/").toString(),
            "https://127.0.0.1:" + server.at("/").getPort() + "/",
            "https://localhost:" + server.at("/").getPort() + "/",
            "ftp://example.com/",
            "https:///nothing"
          }) {
        assertThatExceptionOfType(IOException.class)
            .as(uri)
            .isThrownBy(() -> post.post(URI.create(uri), Map.of(), new byte[0]));
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  @DisplayName("where private networks are allowed it posts, and follows no redirect")
  void posts() throws Exception {
    try (var server = SmsGateway.start()) {
      server.behave(SmsGateway.Answer.json(302, "{}"));
      var post = new SafePost(SECOND, SECOND, true);
      assertThat(post.post(server.at("/a?b=c"), Map.of("X-Name", "value"), "{}".getBytes(UTF_8)))
          .isEqualTo(302);
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().getFirst().target()).isEqualTo("/a?b=c");
      assertThat(server.requests().getFirst().headers()).containsEntry("X-name", "value");
      assertThat(server.requests().getFirst().body()).isEqualTo("{}");
      server.behave(new SmsGateway.Hang());
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> post.post(server.at("/"), Map.of(), new byte[0]));
    }
  }
}
