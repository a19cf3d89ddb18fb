package io.watchword.client.ida;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.ida.AuthenticatorException.TransportFailure;
import io.watchword.client.ida.IdaCounterpart.Reply;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when there is no usable answer. */
@Timeout(60)
class TransportTest {

  private final IdaCounterpart server = new IdaCounterpart();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anotherStatusThan200IsAFailureWhateverTheBodySays() {
    for (int status : new int[] {201, 301, 404, 413, 500, 503}) {
      server.answers(request -> Reply.of(success()).withStatus(status));
      assertThatThrownBy(this::ask)
          .isInstanceOf(TransportFailure.class)
          .hasMessageContaining("HTTP " + status);
    }
  }

  @Test
  void aReplyThatIsNotOfTheFormatIsAFailure() {
    for (String body : new String[] {"", "<html></html>", "[]", "{\"errors\":\"no\"}", "{} {}"}) {
      server.answers(request -> Reply.of(body));
      assertThatThrownBy(this::ask)
          .as(body)
          .isInstanceOf(TransportFailure.class)
          .hasMessageContaining("format");
    }
  }

  @Test
  void aReplyAboveTheLimitIsNotRead() {
    server.answers(request -> Reply.of(" ".repeat(Json.MAX_TEXT + 1)));
    assertThatThrownBy(this::ask)
        .isInstanceOf(TransportFailure.class)
        .hasRootCauseMessage("the reply is too long");
  }

  @Test
  void aServerThatStopsInTheMiddleOfItsReplyIsNotWaitedForLongerThanTheTimeout() {
    server.answers(request -> Reply.of(success()).stalling(20_000));
    long start = System.nanoTime();
    assertThatThrownBy(() -> ask(Duration.ofSeconds(1)))
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
    Authenticator authenticator =
        new Authenticator(Configs.builder(URI.create("http://127.0.0.1:" + port)).build());
    TransportFailure failure =
        catchThrowableOfType(
            TransportFailure.class,
            () -> authenticator.genOtp(Individual.uin("2047631038"), Channel.EMAIL));
    assertThat(failure).hasCauseInstanceOf(IOException.class);
    assertThat(failure.getMessage()).doesNotContain("2047631038", "key", "lk");
  }

  @Test
  void anInterruptedCallerStaysInterrupted() {
    server.answers(request -> Reply.of(success()).stalling(2_000));
    Thread.currentThread().interrupt();
    assertThatThrownBy(this::ask).isInstanceOf(TransportFailure.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aRequestIsSentOnceOnly() {
    server.answers(request -> Reply.of(success()).withStatus(503));
    assertThatThrownBy(this::ask).isInstanceOf(TransportFailure.class);
    assertThat(server.received()).hasSize(1);
  }

  private static String success() {
    return "{\"transactionID\":\"1234567890\",\"response\":{\"maskedEmail\":\"m\"}}";
  }

  private OtpSent ask() throws AuthenticatorException {
    return ask(Duration.ofSeconds(30));
  }

  private OtpSent ask(Duration timeout) throws AuthenticatorException {
    return new Authenticator(Configs.builder(server.url()).requestTimeout(timeout).build())
        .genOtp(Individual.uin("2047631038"), "1234567890", Channel.EMAIL);
  }
}
