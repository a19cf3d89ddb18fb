package io.watchword.client.mobile;

import static io.watchword.client.mobile.MobileCounterpart.ANSWER;
import static io.watchword.client.mobile.MobileCounterpart.CLAIM;
import static io.watchword.client.mobile.MobileCounterpart.MESSAGE;
import static io.watchword.client.mobile.MobileCounterpart.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.client.mobile.HttpCounterpart.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract mobile 2.4, 2.5, 3.6 and 3.7. */
@Timeout(60)
class MobileAuthClientTest {

  private final MobileCounterpart server = new MobileCounterpart();
  private final AppUnderTest app = new AppUnderTest();
  private final MobileAuthClient client = app.client(server);

  @AfterEach
  void close() {
    client.close();
    app.close();
    server.close();
  }

  private void enroll() throws Exception {
    client.enrollUserForMobileAuth().get(10, TimeUnit.SECONDS);
  }

  private AppUnderTest.Shown scan() throws Exception {
    client.handleMobileAuthWithOtp(server.code(), app);
    return app.next();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "123456", "https://example.com/#AAAA", "{}"})
  void whatIsNoCodeIsRefusedWithoutARequest(String text) throws Exception {
    enroll();
    assertThat(client.canHandleOtp(text)).isFalse();
    client.handleMobileAuthWithOtp(text, app);
    assertThat(app.untilTheEnd()).containsExactly("error 10018");
    assertThat(server.received(CLAIM)).isEmpty();
  }

  @Test
  void whatIsACodeIsKnownWithoutARequest() {
    assertThat(client.canHandleOtp(null)).isFalse();
    assertThat(client.canHandleOtp("A".repeat(513))).isFalse();
    assertThat(client.canHandleOtp(server.code())).isTrue();
    assertThat(client.canHandleOtp(server.shortCode())).isTrue();
    assertThat(client.canHandleOtp("https://app.example.com/login#" + server.shortCode())).isTrue();
    assertThat(client.canHandleOtp("https://app.example.org/login#" + server.shortCode()))
        .isFalse();
    assertThat(server.received()).isEmpty();
  }

  @Test
  void anAcceptedRequestEndsInSuccess() throws Exception {
    enroll();
    AppUnderTest.Shown shown = scan();
    MobileAuthRequest request = shown.request();
    assertThat(request.type()).isEqualTo("qr-code");
    assertThat(request.message()).isEqualTo(MESSAGE);
    assertThat(request.profileId()).isEqualTo(PROFILE);
    assertThat(request.transactionId()).isEqualTo(server.transaction());
    assertThat(request.origin()).hasValue("https://shop.example.com");
    assertThat(request.portalName()).hasValue("Example Shop");
    assertThat(request.context().country()).hasValue("NL");
    assertThat(request.context().city()).isEmpty();
    assertThat(request.confirmation()).isEqualTo(Confirmation.TAP);
    assertThat(request.numbers()).isEmpty();
    assertThat(request.expiresAt()).isEqualTo(1_767_225_720);
    assertThat(request.expiresInMillis()).isBetween(100_000L, 120_000L);
    shown.callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
    assertThat(server.state()).isEqualTo("accepted");
  }

  @Test
  void whatIsSentIsTheCodeWithoutTheLinkAroundIt() throws Exception {
    enroll();
    client.handleMobileAuthWithOtp(
        " https://app.example.com/login#" + server.shortCode() + "\n", app);
    app.next().callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).contains("success");
    assertThat(server.received(CLAIM).get(0).json().path("otp").stringValue())
        .isEqualTo(server.shortCode());
  }

  @Test
  void theFutureEndsAsTheHandlerWould() throws Exception {
    enroll();
    CompletableFuture<?> done = client.handleMobileAuthWithOtp(server.code());
    app.next().callback().acceptAuthenticationRequest();
    assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(MobileAuthResult.NOTHING_TO_OPEN);
    assertThatThrownBy(() -> client.handleMobileAuthWithOtp("no code").get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            MobileAuthException.class, e -> assertThat(e.error().code()).isEqualTo(10_018));
  }

  @Test
  void aLoginOnThisDeviceGoesBackToItsBrowser() throws Exception {
    enroll();
    String page = "https://shop.example.com/back?code=c0de";
    for (String uri : List.of(page, "intent://x", "file:///etc", "javascript:x", "%", "/back")) {
      server.nextReply(
          ANSWER,
          reply -> Reply.of(200, Map.of("status", "accepted", "return_uri", uri, "code", "c0de")));
      CompletableFuture<MobileAuthResult> done = client.handleMobileAuthWithOtp(server.code());
      app.next().callback().acceptAuthenticationRequest();
      MobileAuthResult result = done.get(10, TimeUnit.SECONDS);
      assertThat(result.returnUri())
          .isEqualTo(uri.equals(page) ? Optional.of(URI.create(page)) : Optional.empty());
      assertThat(result.returnCode()).hasValue("c0de");
      assertThat(result.toString()).doesNotContain("c0de");
    }
  }

  @Test
  void aCodeFromALinkIsSaidToBeOne() throws Exception {
    enroll();
    client.handleMobileAuthWithOtp(server.code(), CodeSource.LINK, app);
    assertThat(app.untilTheEnd()).containsExactly("error 10013");
    assertThat(app.nextError().reason()).hasValue("wrong_channel");
    assertThat(server.received(CLAIM).get(0).json().path("source").stringValue()).isEqualTo("link");
  }

  @Test
  void aDeniedRequestEndsWith9006() throws Exception {
    enroll();
    scan().callback().denyAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "error 9006");
    assertThat(server.state()).isEqualTo("denied");
    assertThat(server.received(ANSWER).get(0).json().path("reason").isNull()).isTrue();
  }

  @Test
  void whoDidNotStartItSaysSoUnderTheSignature() throws Exception {
    enroll();
    scan().callback().denyAuthenticationRequest(DenyReason.NOT_ME);
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "error 9006");
    assertThat(server.received(ANSWER).get(0).json().path("reason").stringValue())
        .isEqualTo("not_me");
  }

  @Test
  void onlyTheFirstDecisionCounts() throws Exception {
    enroll();
    AcceptDenyCallback callback = scan().callback();
    callback.acceptAuthenticationRequest();
    callback.denyAuthenticationRequest();
    callback.acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
    callback.denyAuthenticationRequest(DenyReason.NOT_ME);
    assertThat(server.received(ANSWER)).hasSize(1);
  }

  @Test
  void theRightNumberOfThoseToChooseFromIsAccepted() throws Exception {
    enroll();
    server.asksFor("choose");
    AppUnderTest.Shown shown = scan();
    assertThat(shown.request().confirmation()).isEqualTo(Confirmation.CHOOSE);
    assertThat(shown.request().numbers()).containsExactly("17", "42", "83");
    shown.callback().acceptAuthenticationRequest();
    shown.callback().acceptAuthenticationRequest("43");
    shown.callback().acceptAuthenticationRequest("");
    shown.callback().acceptAuthenticationRequest("42");
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
    assertThat(server.received(ANSWER)).hasSize(1);
  }

  @Test
  void aWrongChoiceEndsIt() throws Exception {
    enroll();
    server.asksFor("choose");
    scan().callback().acceptAuthenticationRequest("17");
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "error 10015");
    assertThat(app.nextError().reason()).hasValue("wrong_number");
  }

  @Test
  void aWrongNumberThatWasTypedIsAskedForAgain() throws Exception {
    enroll();
    server.asksFor("enter");
    AppUnderTest.Shown first = scan();
    assertThat(first.request().attemptsLeft()).isEmpty();
    first.callback().acceptAuthenticationRequest();
    first.callback().acceptAuthenticationRequest("4");
    first.callback().acceptAuthenticationRequest("17");
    AppUnderTest.Shown second = app.next();
    assertThat(second.request().attemptsLeft()).isEqualTo(OptionalInt.of(1));
    assertThat(second.request().transactionId()).isEqualTo(first.request().transactionId());
    first.callback().denyAuthenticationRequest();
    second.callback().acceptAuthenticationRequest("42");
    assertThat(app.untilTheEnd()).containsExactly("start", "start", "finish", "success");
    assertThat(server.received(ANSWER)).hasSize(2);
  }

  @Test
  void theLastWrongNumberEndsIt() throws Exception {
    enroll();
    server.asksFor("enter");
    scan().callback().acceptAuthenticationRequest("17");
    app.next().callback().acceptAuthenticationRequest("83");
    assertThat(app.untilTheEnd()).containsExactly("start", "start", "finish", "error 10015");
  }

  @Test
  void aSecondCodeEndsWith9007AndTheFirstGoesOn() throws Exception {
    enroll();
    AppUnderTest.Shown shown = scan();
    CompletableFuture<?> second = client.handleMobileAuthWithOtp(server.code());
    assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
        .hasRootCauseMessage("9007 another code, or an enrollment, is not finished");
    assertThatThrownBy(() -> client.enrollUserForMobileAuth().get(10, TimeUnit.SECONDS))
        .hasMessageContaining("9007");
    shown.callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
    client.handleMobileAuthWithOtp("no code", app);
    assertThat(app.untilTheEnd()).containsExactly("error 10018");
  }

  @Test
  void aNewCodeMayBeHandedInFromWithinTheOutcome() throws Exception {
    enroll();
    CountDownLatch told = new CountDownLatch(1);
    client.handleMobileAuthWithOtp(
        "no code",
        new MobileAuthWithOtpHandler() {
          @Override
          public void onSuccess() {}

          @Override
          public void onError(MobileAuthError error) {
            client.handleMobileAuthWithOtp(server.code(), app);
            told.countDown();
          }
        });
    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    app.next().callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
  }

  @Test
  void noHandlerRunsWithinTheCall() throws Exception {
    // Everything that the library hands out runs where it is handed out.
    try (MobileAuthClient direct =
        new MobileAuthClient(app.config(server.url()).callbacksOn(Runnable::run).build())) {
      CompletableFuture<Thread> first = new CompletableFuture<>();
      CompletableFuture<Thread> second = new CompletableFuture<>();
      direct.handleMobileAuthWithOtp("no code", onError(first));
      direct.handleMobileAuthWithOtp("no code", onError(second));
      assertThat(first.get(10, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
      assertThat(second.get(10, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }
  }

  private static MobileAuthWithOtpHandler onError(CompletableFuture<Thread> seen) {
    return new MobileAuthWithOtpHandler() {
      @Override
      public void onSuccess() {}

      @Override
      public void onError(MobileAuthError error) {
        seen.complete(Thread.currentThread());
      }
    };
  }

  @Test
  void nobodyLoggedInIs8005AndTheCodeIsNotUsedUp() throws Exception {
    enroll();
    Optional<UserSession> jane = app.session;
    app.session = Optional.empty();
    client.handleMobileAuthWithOtp(server.code(), app);
    assertThat(app.untilTheEnd()).containsExactly("error 8005");
    app.session = jane;
    scan().callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
  }

  @Test
  void anotherPersonDoesNotAnswerWhatTheFirstWasAsked() throws Exception {
    enroll();
    AppUnderTest.Shown shown = scan();
    app.session = Optional.of(new UserSession("ANOTHER", "another-token"));
    shown.callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "error 8005");
    assertThat(server.received(ANSWER)).isEmpty();
  }

  @Test
  void aTokenThatIsNoneIs9010() throws Exception {
    enroll();
    for (String token : List.of("", "two words", "line\nfeed", "unknown")) {
      app.session = Optional.of(new UserSession(PROFILE, token));
      client.handleMobileAuthWithOtp(server.code(), app);
      assertThat(app.untilTheEnd()).containsExactly("error 9010");
    }
  }

  @Test
  void withoutEnrollmentItIs9021() throws Exception {
    client.handleMobileAuthWithOtp(server.code(), app);
    assertThat(app.untilTheEnd()).containsExactly("error 9021");
    assertThat(server.received()).isEmpty();
  }

  @Test
  void whenTheTimeIsOverItEndsByItself() throws Exception {
    enroll();
    server.livesFor(1);
    AppUnderTest.Shown shown = scan();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "error 10013");
    assertThat(app.nextError().reason()).hasValue("expired");
    shown.callback().acceptAuthenticationRequest();
    assertThat(server.received(ANSWER)).isEmpty();
    assertThat(server.state()).isEqualTo("claimed");
  }

  @Test
  void whatComesAfterItsTimeIsNotShown() throws Exception {
    enroll();
    AtomicLong nanos = new AtomicLong();
    try (MobileAuthClient late =
        new MobileAuthClient(
            app.config(server.url())
                .nanoClock(() -> nanos.getAndAdd(TimeUnit.SECONDS.toNanos(121)))
                .build())) {
      late.handleMobileAuthWithOtp(server.code(), app);
      assertThat(app.untilTheEnd()).containsExactly("error 10013");
    }
  }

  @Test
  void lostRepliesAreAskedForAgain() throws Exception {
    enroll();
    server.nextReply(CLAIM, Reply::asLost);
    server.nextReply(CLAIM, reply -> Reply.of(503, "<html>"));
    server.nextReply(ANSWER, Reply::asLost);
    scan().callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
    assertThat(server.received(CLAIM)).hasSize(3);
    assertThat(server.received(CLAIM))
        .extracting(each -> each.body())
        .containsOnly(server.received(CLAIM).get(0).body());
    assertThat(server.received(ANSWER)).hasSize(2);
    assertThat(server.received(ANSWER).get(1).body())
        .isEqualTo(server.received(ANSWER).get(0).body());
  }

  @Test
  void aServerThatNeverAnswersIs9001() throws Exception {
    enroll();
    for (int i = 0; i < 3; i++) {
      server.nextReply(CLAIM, Reply::asLost);
    }
    client.handleMobileAuthWithOtp(server.code(), app);
    assertThat(app.untilTheEnd()).containsExactly("error 9001");
    assertThat(app.nextError().retryable()).isTrue();
  }

  @Test
  void noConnectionIs9000() throws Exception {
    enroll();
    server.close();
    client.handleMobileAuthWithOtp(server.code(), app);
    assertThat(app.untilTheEnd()).containsExactly("error 9000");
    assertThat(app.nextError().retryable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_token, 9010, invalid_token, false",
    "401, , 9010, invalid_token, false",
    "403, login_required, 9010, login_required, false",
    "403, revoked, 9020, , false",
    "403, not_enrolled, 9021, , false",
    "403, device_unknown, 9002, , false",
    "403, user_unknown, 9003, , false",
    "403, wrong_channel, 10013, wrong_channel, false",
    "403, proximity_rejected, 10013, proximity_rejected, false",
    "403, wrong_number, 10015, wrong_number, false",
    "400, invalid_answer, 10015, invalid_answer, false",
    "404, not_found, 10013, not_found, false",
    "404, , 10001, no_such_address, false",
    "409, already_claimed, 9029, already_claimed, false",
    "409, already_decided, 9029, already_decided, false",
    "410, expired_token, 10013, expired, false",
    "410, cancelled, 10013, cancelled, false",
    "410, frame_expired, 10013, frame_expired, true",
    "422, malformed, 10018, , false",
    "426, app_outdated, 9004, , false",
    "426, os_outdated, 9005, , false",
    "426, , 9004, , false",
    "429, slow_down, 10000, rate_limited, true",
    "302, , 10000, , false",
    "418, Bearer eyJ, 10000, , false"
  })
  void theServersErrorsAreThoseOfTheTable(
      int status, String error, int code, String reason, boolean retryable) throws Exception {
    Reply refusal = error == null ? Reply.of(status, "<html>") : Reply.error(status, error);
    enroll();
    server.refuseNext(CLAIM, refusal);
    client.handleMobileAuthWithOtp(server.code(), app);
    assertThat(app.untilTheEnd()).containsExactly("error " + code);
    assertThat(app.nextError()).satisfies(told -> assertError(told, code, reason, retryable));
    boolean forgotten = code == 9020 || code == 9021 || code == 9002 || code == 9003;
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isEqualTo(!forgotten);
    if (forgotten) {
      assertThat(app.memory.profiles()).isEmpty();
      enroll();
    }
    server.refuseNext(ANSWER, refusal);
    if (forgotten) {
      return; // The login belongs to the key that is gone.
    }
    scan().callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "error " + code);
    assertThat(app.nextError()).satisfies(told -> assertError(told, code, reason, retryable));
  }

  private static void assertError(
      MobileAuthError told, int code, String reason, boolean retryable) {
    assertThat(told.code()).isEqualTo(code);
    assertThat(told.reason()).isEqualTo(Optional.ofNullable(reason));
    assertThat(told.retryable()).isEqualTo(retryable);
    assertThat(told.description()).isNotBlank();
  }

  @Test
  void aSuccessThatIsNotOfTheFormatIsNone() throws Exception {
    enroll();
    for (Object body : List.of("", "<html>", List.of(), "{\"status\":\"denied\"}", "{}")) {
      server.refuseNext(ANSWER, Reply.of(200, body));
      scan().callback().acceptAuthenticationRequest();
      assertThat(app.untilTheEnd()).containsExactly("start", "finish", "error 10000");
    }
  }

  @Test
  void aDeviceThatWasRevokedMeanwhileForgetsItsKey() throws Exception {
    enroll();
    AppUnderTest.Shown shown = scan();
    server.devices().clear();
    shown.callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "error 9020");
    assertThat(server.state()).isEqualTo("claimed");
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isFalse();
  }

  @Test
  void aHandlerThatFailsKeepsNobodyFromTheOutcome() throws Exception {
    enroll();
    CountDownLatch failed = new CountDownLatch(1);
    MobileAuthWithOtpRequestHandler failing =
        new MobileAuthWithOtpRequestHandler() {
          @Override
          public void startAuthentication(MobileAuthRequest request, AcceptDenyCallback callback) {
            app.startAuthentication(request, callback);
            throw new IllegalStateException("the app's own fault");
          }

          @Override
          public void finishAuthentication() {
            app.finishAuthentication();
            throw new IllegalStateException("the app's own fault");
          }
        };
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> failed.countDown());
    try (MobileAuthClient other =
        new MobileAuthClient(app.config(server.url()).requestHandler(failing).build())) {
      other.handleMobileAuthWithOtp(server.code(), app);
      app.next().callback().acceptAuthenticationRequest();
      assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
      assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void closingEndsWhatIsNotFinished() throws Exception {
    enroll();
    AppUnderTest.Shown shown = scan();
    client.close();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "error 8000");
    shown.callback().acceptAuthenticationRequest();
    assertThat(server.received(ANSWER)).isEmpty();
    assertThatThrownBy(() -> client.handleMobileAuthWithOtp(server.code(), app))
        .isInstanceOf(IllegalStateException.class);
  }
}
