package io.watchword.client.kernel;

import static io.watchword.client.kernel.KernelCounterpart.LOGIN;
import static io.watchword.client.kernel.KernelCounterpart.SEND;
import static io.watchword.client.kernel.KernelCounterpart.USER_LOGIN;
import static io.watchword.client.kernel.KernelCounterpart.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.kernel.KernelCounterpart.Reply;
import io.watchword.client.kernel.KernelException.Refusal;
import io.watchword.client.kernel.KernelException.TransportFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when there is no usable answer. */
@Timeout(60)
class KernelTransportTest {

  private static final CodeRequest ASKED =
      CodeRequest.of("M392380", UserIdType.USERID, "admin", Channel.EMAIL);
  private static final String SENT = Replies.success("OTP had been sent successfully");
  private static final String IN = Replies.success("OTP validation is successfull");

  private final KernelCounterpart server = new KernelCounterpart();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aReplyAboveTheLimitIsNotRead() {
    server.answers(SEND, " ".repeat(Connection.LONGEST_REPLY + 1));
    assertThatThrownBy(() -> client().sendOtp(ASKED))
        .isInstanceOf(TransportFailure.class)
        .hasRootCauseMessage("the reply is too long");
  }

  @Test
  void aReplyThatIsNotOfTheFormatIsAFailure() {
    for (String body :
        new String[] {
          "",
          "<html></html>",
          "[]",
          "{}",
          "{\"response\":null,\"errors\":null}",
          "{\"response\":\"success\"}",
          "{\"response\":{},\"errors\":null}",
          "{\"response\":{\"status\":\"fine\"},\"errors\":null}",
          "{\"response\":{\"status\":true},\"errors\":null}",
          "{\"response\":{\"status\":\"success\"},\"errors\":\"no\"}",
          "{\"response\":{\"status\":\"success\"},\"errors\":[\"no\"]}",
          "{\"response\":{\"status\":\"success\"}} {}"
        }) {
      server.answers(SEND, body);
      assertThatThrownBy(() -> client().sendOtp(ASKED))
          .as(body)
          .isInstanceOf(TransportFailure.class)
          .hasMessageContaining("format");
    }
  }

  @Test
  void anErrorBesideASuccessIsARefusal() {
    server.answers(
        SEND,
        "{\"response\":{\"status\":\"success\",\"message\":\"x\"},"
            + "\"errors\":[{\"errorCode\":\"KER-SOT-007\",\"message\":\"m\"}]}");
    assertThatThrownBy(() -> client().sendOtp(ASKED)).isInstanceOf(Refusal.class);
  }

  @Test
  void anotherStatusThan200IsAFailureWhateverTheBodySays() {
    for (int status : new int[] {201, 301, 404, 413, 415, 500, 503}) {
      server.answers(SEND, request -> Reply.of(SENT).withStatus(status));
      assertThatThrownBy(() -> client().sendOtp(ASKED))
          .isInstanceOf(TransportFailure.class)
          .hasMessageContaining("HTTP " + status);
    }
  }

  @Test
  void aSuccessWithoutATokenLogsNobodyIn() {
    server.answers(USER_LOGIN, IN);
    assertThatThrownBy(() -> client().logInByOtp("M392380", "111111", "admin"))
        .isInstanceOf(TransportFailure.class)
        .hasMessageContaining("no token");
    server.answers(
        USER_LOGIN,
        request ->
            Reply.of(IN)
                .withHeaders(
                    Map.of("Set-Cookie", List.of("Other=abc; Path=/", "Authorization=; Path=/"))));
    assertThatThrownBy(() -> client().logInByOtp("M392380", "111111", "admin"))
        .isInstanceOf(TransportFailure.class)
        .hasMessageContaining("no token");
  }

  @Test
  void twoDifferentTokensAreTakenForNone() {
    String one = token("one", 0, 60);
    String other = token("other", 0, 60);
    for (Map<String, List<String>> headers :
        List.of(
            Map.of("Authorization", List.of(one), "Set-Cookie", List.of("Authorization=" + other)),
            Map.of("Authorization", List.of(one, other)),
            Map.of("Set-Cookie", List.of("Authorization=" + one, "Authorization=" + other)))) {
      server.answers(USER_LOGIN, request -> Reply.of(IN).withHeaders(headers));
      assertThatThrownBy(() -> client().logInByOtp("M392380", "111111", "admin"))
          .isInstanceOf(TransportFailure.class)
          .hasMessage("the reply has two different tokens");
    }
  }

  @Test
  void aTokenThatCouldEndItsCookieIsNotTaken() {
    for (String bad : List.of("a b", "a\"b", "a,b", "a".repeat(16 * 1024 + 1))) {
      server.answers(
          USER_LOGIN, request -> Reply.of(IN).withHeaders(Map.of("Authorization", List.of(bad))));
      assertThatThrownBy(() -> client().logInByOtp("M392380", "111111", "admin"))
          .as(bad.substring(0, 3))
          .isInstanceOf(TransportFailure.class);
    }
    assertThatThrownBy(() -> AccessToken.of("a; Path=/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AccessToken.of("a\r\nX: y"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AccessToken.of("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aServerThatStopsInTheMiddleOfItsReplyIsNotWaitedForLongerThanTheTimeout() {
    server.answers(SEND, request -> Reply.of(SENT).stalling(20_000));
    KernelClient client =
        new KernelClient(
            Configs.builder(server.url()).requestTimeout(Duration.ofSeconds(1)).build());
    long start = System.nanoTime();
    assertThatThrownBy(() -> client.sendOtp(ASKED))
        .isInstanceOf(TransportFailure.class)
        .hasMessageContaining("in time");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aServerThatIsNotThereIsAFailureWithItsCause() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    TransportFailure failure =
        catchThrowableOfType(
            TransportFailure.class,
            () ->
                Configs.client(URI.create("http://127.0.0.1:" + port + "/v1"))
                    .validateOtp("9820173642", "365621"));
    assertThat(failure).hasCauseInstanceOf(IOException.class);
    assertThat(failure.toString()).doesNotContain("9820173642", "365621", Configs.SECRET);
  }

  @Test
  void anInterruptedCallerStaysInterrupted() {
    server.answers(SEND, request -> Reply.of(SENT).stalling(2_000));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> client().sendOtp(ASKED)).isInstanceOf(TransportFailure.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aRequestIsSentOnceOnly() {
    server.answers(SEND, request -> Reply.of(SENT).withStatus(503));
    assertThatThrownBy(() -> client().sendOtp(ASKED)).isInstanceOf(TransportFailure.class);
    assertThat(server.received(SEND)).hasSize(1);
  }

  @Test
  void anAddressOrTimeThatCannotWorkIsRefusedAtTheStart() {
    assertThatThrownBy(() -> KernelClientConfig.builder().build())
        .hasMessageContaining("Auth Manager is missing")
        .hasMessageContaining("OTP Manager is missing");
    for (String bad :
        List.of("ftp://host/v1", "http:/v1", "http://user:pass@host", "http://h/?q=1#f")) {
      assertThatThrownBy(() ->
              KernelClientConfig.builder()
                  .authManagerUrl(URI.create(bad))
                  .otpManagerUrl(URI.create(bad))
                  .client(" ", " ", "")
                  .requestTimeout(Duration.ZERO)
                  .renewBefore(Duration.ofSeconds(-1))
                  .build())
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must start with http")
          .hasMessageContaining("client id")
          .hasMessageContaining("secret is missing")
          .hasMessageContaining("application id")
          .hasMessageContaining("timeouts")
          .hasMessageContaining("renewed");
    }
  }

  @Test
  void withoutAClientOnlyTheCallsThatNeedNoneWork() throws Exception {
    server.answers(SEND, SENT);
    KernelClient client =
        new KernelClient(KernelClientConfig.builder().serviceUrl(server.url()).build());
    client.sendOtp(ASKED);
    assertThatThrownBy(() -> client.generateOtp("9820173642"))
        .isInstanceOf(IllegalStateException.class);
    // A second time too: nobody waits for the login that never was.
    assertThatThrownBy(() -> client.generateOtp("9820173642"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(server.received(LOGIN)).isEmpty();
  }

  private KernelClient client() {
    return Configs.client(server.url());
  }
}
