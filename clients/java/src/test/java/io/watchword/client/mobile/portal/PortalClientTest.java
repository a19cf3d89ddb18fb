package io.watchword.client.mobile.portal;

import static io.watchword.client.mobile.portal.PortalCounterpart.CANCEL;
import static io.watchword.client.mobile.portal.PortalCounterpart.REDEEM;
import static io.watchword.client.mobile.portal.PortalCounterpart.START;
import static io.watchword.client.mobile.portal.PortalCounterpart.STATE;
import static io.watchword.client.mobile.portal.PortalCounterpart.TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.mobile.Confirmation;
import io.watchword.client.mobile.HttpCounterpart.Received;
import io.watchword.client.mobile.HttpCounterpart.Reply;
import io.watchword.client.mobile.portal.PortalException.Refusal;
import io.watchword.client.mobile.portal.PortalException.TransportFailure;
import io.watchword.client.mobile.portal.State.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract mobile 1.2 to 1.5, 3.3 and 3.4, from the side of a login page. */
@Timeout(60)
class PortalClientTest {

  private static final String SECRET = "s3cret/with:colon+and space";
  private static final String OTP = "AT8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P";
  private static final String KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8";
  private static final String STARTED =
      """
      {"transaction_id":"%s","auth_method":"otp","time_to_live":300000,"otp":"%s",
       "expires_in":300,"claim_expires_in":285,"interval":2}\
      """
          .formatted(TRANSACTION, OTP);
  private static final String ROTATING =
      """
      {"transaction_id":"%s","auth_method":"otp","time_to_live":300000,
       "otp":"Aj8rjB5dR0qQnmsMHS4_SlsAAAAAGQfHe0OQhlKdBW_D","expires_in":300,
       "claim_expires_in":60,"interval":2,
       "qr":{"mode":"rotating","key":"%s","step_ms":1000,"frame_validity_ms":8000}}\
      """
          .formatted(TRANSACTION, KEY);
  private static final String ACCEPTED =
      """
      {"callback_uri":"https://shop.example.com/cb","transaction_id":"%s","timestamp":1767225600000,
       "is_authenticated":true,"user_id":"jane","authentication_method":"otp",
       "auth_time":1767225661,"amr":["swk"],
       "device":{"id":"05ED8E51CB1EFAA2","name":"Jane's phone","platform":"android"},
       "proximity":"same_network","signed_data":"TUFVVEg","signature":"_L8qwA6E",
       "user_public_key":"-----BEGIN PUBLIC KEY-----","signature_verified":true}\
      """
          .formatted(TRANSACTION);

  private final PortalCounterpart server = new PortalCounterpart();
  private final AtomicLong nanos = new AtomicLong();
  private final PortalClient client =
      new PortalClient(config().nanoClock(System::nanoTime).build());

  private PortalConfig.Builder config() {
    return PortalConfig.builder()
        .serverUrl(server.url())
        .client("shop", SECRET)
        .connectTimeout(Duration.ofSeconds(5))
        .requestTimeout(Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Attempt started() throws PortalException {
    server.answers(START, Reply.of(200, STARTED));
    return client.start(LoginRequest.builder("qr-code").build());
  }

  private static String pending(String status, int version, String more) {
    return """
    {"transaction_id":"%s","status":"%s","error":"authorization_pending","interval":1,
     "expires_in":273,"version":%d%s}\
    """
        .formatted(TRANSACTION, status, version, more);
  }

  private static String failed(String status, String reason) {
    return """
    {"transaction_id":"%s",%s"is_authenticated":false,
     "not_authenticated_reason":{"reason":"%s","description":"x"}}\
    """
        .formatted(TRANSACTION, status, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request, 1003",
    "400, invalid_request, 1005",
    "401, invalid_client, 1003",
    "404, not_found, 3005",
    "404, not_found, 1006",
    "429, slow_down, 1002"
  })
  void aRefusedStartSaysWhy(int status, String error, String code) {
    server.answers(
        START,
        Reply.of(status, Map.of("error", error, "error_code", code, "description", SECRET))
            .with("Retry-After", "7"));
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> client.start(LoginRequest.builder("qr-code").build()));
    assertThat(refusal.httpStatus()).isEqualTo(status);
    assertThat(refusal.error()).isEqualTo(error);
    assertThat(refusal.errorCode()).isEqualTo(code);
    assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(7));
    assertThat(refusal)
        .hasMessage("refused with HTTP " + status + ": " + error + " (" + code + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"transaction_id\":\"../x\",\"otp\":\"x\",\"expires_in\":300}",
        "{\"transaction_id\":\"3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b\",\"expires_in\":300}",
        "{\"transaction_id\":\"3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b\",\"otp\":\"x\"}",
        "{\"transaction_id\":\"3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b\",\"otp\":\"x\","
            + "\"expires_in\":300,\"qr\":{\"mode\":\"rotating\",\"key\":\"x\",\"step_ms\":1000}}",
        "{\"transaction_id\":\"3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b\",\"otp\":\"x\","
            + "\"expires_in\":300,\"qr\":{\"mode\":\"rotating\","
            + "\"key\":\"ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8\",\"step_ms\":0,"
            + "\"frame_validity_ms\":8000}}"
      })
  void aStartThatIsNotOfTheFormatIsNone(String body) {
    server.answers(START, Reply.of(200, body));
    assertThatThrownBy(() -> client.start(LoginRequest.builder("qr-code").build()))
        .isInstanceOf(TransportFailure.class);
  }

  @Test
  void noAnswerIsAFailureAndNothingIsSentTwice() {
    for (Reply reply :
        List.of(Reply.of(200, STARTED).asLost(), Reply.of(503, "{}"), Reply.of(302, "{}"))) {
      server.answers(START, reply);
      assertThatThrownBy(() -> client.start(LoginRequest.builder("qr-code").build()))
          .isInstanceOf(TransportFailure.class);
    }
    assertThat(server.received()).hasSize(3);
  }

  @Test
  void theStartSaysWhatTheContractNames() throws Exception {
    BrowserSecret secret = BrowserSecret.random();
    server.answers(START, Reply.of(200, STARTED));
    LoginRequest request =
        LoginRequest.builder("qr-code")
            .message("Log in & spend 10 \u20ac")
            .secureMessage("secure")
            .language("nl")
            .browser("192.0.2.7", "Mozilla/5.0 (X11; Linux)")
            .origin("https://shop.example.com")
            .bindTo(secret)
            .expectedUser("jane")
            .rotating()
            .sameDevice()
            .confirmation(Confirmation.CHOOSE)
            .expiry(Duration.ofMinutes(2))
            .callback(URI.create("https://shop.example.com/cb"))
            .build();
    client.start(request);
    Received sent = server.received().get(0);
    assertThat(PortalCounterpart.form(sent))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("type", "qr-code"),
                Map.entry("message", "Log in & spend 10 \u20ac"),
                Map.entry("secure_message", "secure"),
                Map.entry("language_code", "nl"),
                Map.entry("ip_address", "192.0.2.7"),
                Map.entry("user_agent", "Mozilla/5.0 (X11; Linux)"),
                Map.entry("origin", "https://shop.example.com"),
                Map.entry("session_binding", secret.binding()),
                Map.entry("expected_user_id", "jane"),
                Map.entry("qr_mode", "rotating"),
                Map.entry("channel", "link"),
                Map.entry("confirm", "choose"),
                Map.entry("requested_expiry", "120"),
                Map.entry("callback_uri", "https://shop.example.com/cb")));
    assertThat(sent.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    String basic = sent.header("Authorization").replace("Basic ", "");
    assertThat(new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8))
        .isEqualTo("shop:s3cret%2Fwith%3Acolon%2Band+space");
    assertThat(request).hasToString("LoginRequest[qr-code]");
  }

  @Test
  void aStaticCodeStaysTheSame() throws Exception {
    Attempt attempt = started();
    assertThat(attempt.transactionId()).isEqualTo(TRANSACTION);
    assertThat(attempt.isRotating()).isFalse();
    assertThat(attempt.frame()).isEqualTo(OTP);
    assertThat(attempt.frame(Duration.ofSeconds(59))).isEqualTo(OTP);
    assertThat(attempt.life()).isEqualTo(Duration.ofSeconds(300));
    assertThat(attempt.claimLife()).isEqualTo(Duration.ofSeconds(285));
    assertThat(attempt.frameValidity()).isEqualTo(Duration.ofSeconds(285));
    assertThat(attempt.link()).isEmpty();
  }

  @Test
  void theFramesAreThoseOfTheContract() throws Exception {
    server.answers(START, Reply.of(200, ROTATING));
    nanos.set(Long.MAX_VALUE - 5); // A clock may pass the largest number.
    Attempt attempt =
        new PortalClient(config().nanoClock(nanos::get).build())
            .start(LoginRequest.builder("qr-code").rotating().build());
    assertThat(attempt.isRotating()).isTrue();
    assertThat(attempt.frameValidity()).isEqualTo(Duration.ofSeconds(8));
    String first = "Aj8rjB5dR0qQnmsMHS4_SlsAAAAAGQfHe0OQhlKdBW_D";
    String second = "Aj8rjB5dR0qQnmsMHS4_SlsAAAABfeYi613Wh3QfF8mV";
    assertThat(attempt.frame(Duration.ZERO)).isEqualTo(first);
    assertThat(attempt.frame(Duration.ofMillis(999))).isEqualTo(first);
    assertThat(attempt.frame(Duration.ofMillis(1_000))).isEqualTo(second);
    assertThat(attempt.frame(Duration.ofMillis(59_999)))
        .isEqualTo("Aj8rjB5dR0qQnmsMHS4_SlsAAAA7nU9S7S5qyYhAiGwv");
    assertThat(attempt.frame(Duration.ofSeconds(4_294_967_295L)))
        .isEqualTo("Aj8rjB5dR0qQnmsMHS4_Slv_____gdjVzQE2ekz4t4uU");
    assertThatThrownBy(() -> attempt.frame(Duration.ofSeconds(4_294_967_296L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> attempt.frame(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(attempt.frame()).isEqualTo(first);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_500));
    assertThat(attempt.frame()).isEqualTo(second);
    assertThat(attempt.toString()).isEqualTo("Attempt[" + TRANSACTION + "]");
  }

  @Test
  void aChangeEndsTheWait() throws Exception {
    Attempt attempt = started();
    server.answers(
        STATE,
        Reply.of(202, pending("pending", 1, "")),
        Reply.of(202, pending("scanned", 2, ",\"display_number\":\"42\"")),
        Reply.of(200, ACCEPTED));
    State first = attempt.await(0, Duration.ofSeconds(30));
    assertThat(first.status()).isEqualTo(Status.PENDING);
    assertThat(first.version()).isEqualTo(1);
    assertThat(first.expiresInSeconds()).isEqualTo(273);
    State scanned = attempt.await(1, Duration.ofSeconds(30));
    assertThat(scanned.status()).isEqualTo(Status.SCANNED);
    assertThat(scanned.displayNumber()).hasValue("42");
    assertThat(scanned.toString()).isEqualTo("State[2, SCANNED]");
    State done = attempt.await(2, Duration.ofSeconds(30));
    assertThat(done.status()).isEqualTo(Status.APPROVED);
    assertThat(done.result().orElseThrow().userId()).isEqualTo("jane");
    assertThat(server.received("/transaction/" + TRANSACTION))
        .extracting(Received::query)
        .containsExactly("wait=25&version=0", "wait=25&version=1", "wait=25&version=2");
  }

  @Test
  void aServerThatDoesNotHoldBackIsNotFlooded() throws Exception {
    Attempt attempt = started();
    server.answers(
        STATE, Reply.of(202, pending("pending", 1, "")), Reply.of(202, pending("scanned", 2, "")));
    long before = System.nanoTime();
    assertThat(attempt.await(1, Duration.ofSeconds(30)).status()).isEqualTo(Status.SCANNED);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(900));
    assertThat(server.received("/transaction/" + TRANSACTION)).hasSize(2);
  }

  @Test
  void whenTheTimeIsOverItIsAsItWas() throws Exception {
    Attempt attempt = started();
    server.answers(STATE, Reply.of(202, pending("pending", 1, "")));
    assertThat(attempt.await(1, Duration.ZERO).status()).isEqualTo(Status.PENDING);
    assertThat(attempt.state().version()).isEqualTo(1);
    assertThat(attempt.await(-1, Duration.ofSeconds(30)).version()).isEqualTo(1);
    assertThat(server.received("/transaction/" + TRANSACTION))
        .extracting(Received::query)
        .containsExactly("wait=0&version=1", "wait=0&version=0", "wait=0&version=0");
  }

  @Test
  void whoIsToldToSlowDownDoes() throws Exception {
    Attempt attempt = started();
    Reply slower = Reply.of(429, "{\"error\":\"slow_down\",\"interval\":1}");
    server.answers(
        STATE, slower.with("Retry-After", "1"), Reply.of(202, pending("scanned", 2, "")));
    assertThat(attempt.await(1, Duration.ofSeconds(30)).status()).isEqualTo(Status.SCANNED);
    server.answers(STATE, slower.with("Retry-After", "60"));
    assertThatThrownBy(() -> attempt.await(2, Duration.ofSeconds(1)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("slow_down");
  }

  @ParameterizedTest
  @CsvSource({
    "not_accepted, DENIED",
    "wrong_number, DENIED",
    "expired, EXPIRED",
    "cancelled, CANCELLED",
    "invalid_answer, FAILED",
    "too_many_attempts, FAILED",
    "something_new, FAILED"
  })
  void whatWasNotAcceptedNamesNobody(String reason, Status status) throws Exception {
    Attempt attempt = started();
    for (String told : List.of("", "\"status\":\"" + status.wireName() + "\",\"version\":7,")) {
      server.answers(STATE, Reply.of(200, failed(told, reason)));
      State state = attempt.await(1, Duration.ofSeconds(30));
      assertThat(state.status()).isEqualTo(status);
      assertThat(state.reason()).hasValue(reason);
      assertThat(state.result()).isEmpty();
      assertThat(state.version()).isGreaterThan(1);
    }
  }

  @Test
  void aBoundLoginIsApprovedWithoutAName() throws Exception {
    Attempt attempt = started();
    server.answers(
        STATE,
        Reply.of(
            200,
            Map.of("transaction_id", TRANSACTION, "status", "approved", "redeem_expires_in", 58)));
    State state = attempt.await(3, Duration.ofSeconds(30));
    assertThat(state.status()).isEqualTo(Status.APPROVED);
    assertThat(state.expiresInSeconds()).isEqualTo(58);
    assertThat(state.result()).isEmpty();
  }

  @Test
  void aStateThatIsNotOfTheFormatIsNone() throws Exception {
    Attempt attempt = started();
    String other = "00000000-0000-0000-0000-000000000000";
    for (Reply reply :
        List.of(
            Reply.of(200, "{}"),
            Reply.of(202, "<html>"),
            Reply.of(202, pending("approved", 2, "")),
            Reply.of(202, pending("strange", 2, "")),
            Reply.of(200, pending("pending", 2, "")),
            Reply.of(202, pending("pending", 2, "").replace(TRANSACTION, other)),
            Reply.of(200, ACCEPTED.replace(TRANSACTION, other)),
            Reply.of(200, ACCEPTED.replace("\"jane\"", "null")))) {
      server.answers(STATE, reply);
      assertThatThrownBy(() -> attempt.await(1, Duration.ZERO))
          .as("%s", reply)
          .isInstanceOf(TransportFailure.class);
    }
  }

  @Test
  void theBrowserThatStartedLearnsWhoItIs() throws Exception {
    Attempt attempt = started();
    BrowserSecret secret = BrowserSecret.random();
    server.answers(REDEEM, Reply.of(200, ACCEPTED));
    Result result = attempt.redeem(secret);
    assertThat(result.userId()).isEqualTo("jane");
    assertThat(result.transactionId()).isEqualTo(TRANSACTION);
    assertThat(result.method()).isEqualTo("otp");
    assertThat(result.authTime()).hasValue(Instant.ofEpochSecond(1_767_225_661));
    assertThat(result.amr()).containsExactly("swk");
    assertThat(result.device())
        .hasValue(new Result.Device("05ED8E51CB1EFAA2", "Jane's phone", "android"));
    assertThat(result.proximity()).hasValue("same_network");
    assertThat(result.signature().orElseThrow().verified()).isTrue();
    assertThat(result.toString()).isEqualTo("Result[" + TRANSACTION + "]");
    attempt.redeem(secret, "c0de");
    assertThat(server.received("/redeem"))
        .extracting(PortalCounterpart::form)
        .containsExactly(
            Map.of("session_secret", secret.value()),
            Map.of("session_secret", secret.value(), "return_code", "c0de"));
  }

  @ParameterizedTest
  @CsvSource({
    "403, binding_mismatch",
    "409, already_redeemed",
    "410, expired_token",
    "400, authorization_pending",
    "400, access_denied",
    "404, not_found"
  })
  void aRefusedRedeemSaysWhy(int status, String error) throws Exception {
    Attempt attempt = client.resume(TRANSACTION);
    server.answers(REDEEM, Reply.of(status, Map.of("error", error)));
    assertThatThrownBy(() -> attempt.redeem(BrowserSecret.random()))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  @Test
  void aSuccessThatDoesNotSaySoIsNone() {
    Attempt attempt = client.resume(TRANSACTION);
    for (String body :
        List.of(
            "{}",
            ACCEPTED.replace("\"is_authenticated\":true", "\"is_authenticated\":\"true\""),
            ACCEPTED.replace("\"is_authenticated\":true", "\"is_authenticated\":false"),
            ACCEPTED.replace("\"jane\"", "\"\""))) {
      server.answers(REDEEM, Reply.of(200, body));
      assertThatThrownBy(() -> attempt.redeem(BrowserSecret.random()))
          .isInstanceOf(TransportFailure.class);
    }
  }

  @Test
  void givingUpIsSaid() throws Exception {
    Attempt attempt = started();
    server.answers(CANCEL, Reply.of(200, Map.of("status", "cancelled")));
    attempt.cancel();
    assertThat(server.received("/cancel")).hasSize(1);
  }

  @Test
  void anotherProcessHasNoCodes() {
    Attempt attempt = client.resume(TRANSACTION);
    assertThatThrownBy(attempt::frame).isInstanceOf(IllegalStateException.class);
    for (String id : List.of("", "../x", TRANSACTION + "/redeem", "3F2B8C1E")) {
      assertThatThrownBy(() -> client.resume(id)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aBrowsersSecretIsShownToNobodyElse() {
    BrowserSecret zeros = BrowserSecret.of("paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU");
    assertThat(zeros.binding()).isEqualTo("_ItkABxf3Q8vQPtn2uSoZaLFvReDZnbW1bWLeRfjNxc");
    assertThat(zeros).hasToString("BrowserSecret");
    assertThat(zeros.setCookie())
        .isEqualTo("__Host-mlogin=" + zeros.value() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(BrowserSecret.dropCookie()).contains("__Host-mlogin=;", "Max-Age=0");
    assertThat(BrowserSecret.random().value()).isNotEqualTo(BrowserSecret.random().value());
    for (String text :
        List.of(
            "",
            "short",
            zeros.value() + "A",
            zeros.value().replace('p', '+'),
            zeros.value().replaceFirst("U$", "V"))) {
      assertThatThrownBy(() -> BrowserSecret.of(text))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .satisfies(message -> assertThat(text.isEmpty() || !message.contains(text)).isTrue());
    }
  }

  @Test
  void theConfigurationIsChecked() {
    assertThatThrownBy(() ->
            PortalConfig.builder()
                .callbackSecret(" ")
                .client("", SECRET)
                .requestTimeout(Duration.ZERO)
                .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("URL", "client's id", "callbacks", "timeouts")
        .message()
        .doesNotContain(SECRET);
    assertThat(client.toString()).doesNotContain(SECRET);
  }
}
