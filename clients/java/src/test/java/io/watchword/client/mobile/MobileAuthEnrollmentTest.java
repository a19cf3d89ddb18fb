package io.watchword.client.mobile;

import static io.watchword.client.mobile.MobileCounterpart.BEGIN;
import static io.watchword.client.mobile.MobileCounterpart.CONFIRM;
import static io.watchword.client.mobile.MobileCounterpart.CURRENT;
import static io.watchword.client.mobile.MobileCounterpart.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.mobile.HttpCounterpart.Received;
import io.watchword.client.mobile.HttpCounterpart.Reply;
import io.watchword.wire.mobile.DeviceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Contract mobile 2.2, 2.5 and 3.5. */
@Timeout(60)
class MobileAuthEnrollmentTest {

  private final MobileCounterpart server = new MobileCounterpart();
  private final AppUnderTest app = new AppUnderTest();
  private final MobileAuthClient client = app.client(server);

  @AfterEach
  void close() {
    client.close();
    app.close();
    server.close();
  }

  private static MobileAuthError errorOf(CompletableFuture<?> future) {
    ExecutionException failed =
        catchThrowableOfType(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS));
    assertThat(failed).as("it fails").isNotNull();
    return ((MobileAuthException) failed.getCause()).error();
  }

  private void enroll() throws Exception {
    client.enrollUserForMobileAuth().get(10, TimeUnit.SECONDS);
  }

  private void answersACode(MobileAuthClient with) throws Exception {
    with.handleMobileAuthWithOtp(server.code(), app);
    app.next().callback().acceptAuthenticationRequest();
    assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
  }

  @Test
  void aProfileThatTheDeviceDoesNotKnowIs8003() throws Exception {
    for (String profile : List.of("UNKNOWN", "")) {
      assertThatThrownBy(() -> client.isUserEnrolledForMobileAuth(profile))
          .isInstanceOfSatisfying(
              MobileAuthException.class, e -> assertThat(e.error().code()).isEqualTo(8003));
    }
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isFalse();
    try (MobileAuthClient other =
        new MobileAuthClient(
            app.config(server.url()).registeredProfiles(() -> Set.of("OTHER")).build())) {
      assertThat(other.isUserEnrolledForMobileAuth("OTHER")).isFalse();
    }
    assertThat(server.received()).isEmpty();
  }

  @Test
  void whoIsEnrolledIsKnownWithoutLogInAndWithoutTheServer() throws Exception {
    enroll();
    app.session = Optional.empty();
    server.close();
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isTrue();
  }

  @Test
  void theHandlerLearnsThatItIsDone() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    client.enrollUserForMobileAuth(
        new MobileAuthEnrollmentHandler() {
          @Override
          public void onSuccess() {
            done.countDown();
          }

          @Override
          public void onError(MobileAuthError error) {}
        });
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    Received begun = server.received(BEGIN).get(0);
    assertThat(begun.body())
        .contains("\"profile_id\":\"W8DUJ2\"", "\"app_id\":\"exampleapp\"", "\"os_version\":\"15\"")
        .contains("\"id\":\"05ED8E51CB1EFAA2\"", "\"name\":\"Jane's phone\"");
    assertThat(begun.header("Authorization")).isEqualTo("Bearer " + MobileCounterpart.TOKEN);
    assertThat(server.devices()).hasSize(1);
    answersACode(client);
  }

  @Test
  void nobodyLoggedInIs8005() {
    app.session = Optional.empty();
    assertThat(errorOf(client.enrollUserForMobileAuth()).code()).isEqualTo(8005);
    assertThat(server.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_token, 9010",
    "401, login_required, 9010",
    "409, already_enrolled, 9016",
    "403, enrollment_disabled, 9017",
    "409, already_decided, 9029",
    "400, invalid_enrollment, 10015",
    "404, not_found, 10013",
    "409, device_limit, 9018",
    "403, stateless_user, 9033",
    "403, device_unknown, 9002",
    "403, user_unknown, 9003",
    "403, attestation_refused, 10024",
    "422, malformed, 10001",
    "404, , 10001",
    "426, app_outdated, 9004",
    "429, slow_down, 10000",
    "200, , 10000",
    "201, , 10000"
  })
  void theServersErrorsAreThoseOfTheTable(int status, String error, int code) throws Exception {
    Reply refusal = error == null ? Reply.of(status, "{}") : Reply.error(status, error);
    for (String step : List.of(BEGIN, CONFIRM)) {
      server.refuseNext(step, refusal);
      assertThat(errorOf(client.enrollUserForMobileAuth()).code()).as(step).isEqualTo(code);
      assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isFalse();
    }
    enroll();
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isTrue();
  }

  @Test
  void aServerOfAnotherNameOrWithOtherKeysIsRefused() throws Exception {
    Map<String, Object> offCurve =
        Map.of(
            "kty",
            "EC",
            "crv",
            "P-256",
            "x",
            "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y",
            "y",
            "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y");
    Map<String, Object> otherId =
        Map.of(
            "kty",
            "EC",
            "crv",
            "P-256",
            "kid",
            "other",
            "x",
            "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y",
            "y",
            "eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk");
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("server", "https://login.example.org"),
            Map.of("server", server.url() + "/"),
            Map.of("jwks", Map.of("keys", List.of())),
            Map.of("jwks", Map.of("keys", List.of(offCurve))),
            Map.of("jwks", Map.of("keys", List.of(otherId))),
            Map.of("jwks", "none"))) {
      server.nextReply(BEGIN, reply -> Reply.of(201, with((Map<?, ?>) reply.body(), change)));
      assertThat(errorOf(client.enrollUserForMobileAuth()).code()).isEqualTo(10_001);
    }
    assertThat(server.received(CONFIRM)).isEmpty();
  }

  @Test
  void whatCannotBeSignedOrSentIsRefused() throws Exception {
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("challenge", ""),
            Map.of("challenge", "two words"),
            Map.of("challenge", 7),
            Map.of("enrollment_id", ""),
            Map.of("enrollment_id", "../../x"))) {
      server.nextReply(BEGIN, reply -> Reply.of(201, with((Map<?, ?>) reply.body(), change)));
      assertThat(errorOf(client.enrollUserForMobileAuth()).code()).isEqualTo(10_000);
    }
    assertThat(server.received(CONFIRM)).isEmpty();
    assertThat(app.memory.profiles()).isEmpty();
  }

  private static Map<Object, Object> with(Map<?, ?> body, Map<?, ?> change) {
    Map<Object, Object> changed = new HashMap<>(body);
    changed.putAll(change);
    return changed;
  }

  @Test
  void aLostConfirmationIsRepeatedAsItWas() throws Exception {
    server.nextReply(CONFIRM, Reply::asLost);
    enroll();
    assertThat(server.received(CONFIRM)).hasSize(2);
    assertThat(server.received(CONFIRM).get(1).body())
        .isEqualTo(server.received(CONFIRM).get(0).body());
    assertThat(server.devices()).hasSize(1);
    answersACode(client);
  }

  @Test
  void withoutAConfirmationNobodyIsEnrolledAndTheNextCallRepeatsIt() throws Exception {
    loseConfirmations();
    assertThat(errorOf(client.enrollUserForMobileAuth()).code()).isEqualTo(9001);
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isFalse();
    enroll();
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isTrue();
    assertThat(server.received(BEGIN)).hasSize(1);
    assertThat(server.received(CONFIRM)).hasSize(4);
    assertThat(server.received(CONFIRM))
        .extracting(each -> each.body())
        .containsOnly(server.received(CONFIRM).get(0).body());
  }

  private void loseConfirmations() {
    for (int i = 0; i < 3; i++) {
      server.nextReply(CONFIRM, Reply::asLost);
    }
  }

  @Test
  void aProcessThatEndsBetweenConfirmAndCommitRecovers() throws Exception {
    loseConfirmations();
    assertThat(errorOf(client.enrollUserForMobileAuth()).code()).isEqualTo(9001);
    client.close();
    try (MobileAuthClient next = app.client(server)) {
      answersACode(next);
      assertThat(next.isUserEnrolledForMobileAuth(PROFILE)).isTrue();
    }
    assertThat(server.devices()).hasSize(1);
  }

  @Test
  void anOpenConfirmationThatIsRefusedForGoodIsBegunAnew() throws Exception {
    loseConfirmations();
    assertThat(errorOf(client.enrollUserForMobileAuth()).code()).isEqualTo(9001);
    server.refuseNext(CONFIRM, Reply.error(404, "not_found"));
    enroll();
    assertThat(server.received(BEGIN)).hasSize(2);
    answersACode(client);
  }

  @Test
  void aConfirmationOfAnotherKeyIsNone() throws Exception {
    server.nextReply(
        CONFIRM, reply -> Reply.of(201, with((Map<?, ?>) reply.body(), Map.of("key_id", "x"))));
    assertThat(errorOf(client.enrollUserForMobileAuth()).code()).isEqualTo(10_000);
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isFalse();
  }

  @Test
  void anEnrollmentThatIsRefusedLeavesTheOneBefore() throws Exception {
    enroll();
    server.refuseNext(CONFIRM, Reply.error(409, "already_enrolled"));
    assertThat(errorOf(client.enrollUserForMobileAuth()).code()).isEqualTo(9016);
    answersACode(client);
  }

  @Test
  void enrollingAgainReplacesTheKey() throws Exception {
    enroll();
    String first = server.received(CONFIRM).get(0).body();
    enroll();
    assertThat(server.received(CONFIRM).get(1).body()).isNotEqualTo(first);
    answersACode(client);
  }

  @Test
  void aKeyIsForOneServerAndOneDevice() throws Exception {
    enroll();
    try (MobileAuthClient other =
        new MobileAuthClient(
            app.config(server.url()).device("OTHER", "Jane's phone", "android").build())) {
      assertThat(other.isUserEnrolledForMobileAuth(PROFILE)).isFalse();
    }
  }

  @Test
  void whoDisenrollsHasNoKeyHereNorThere() throws Exception {
    assertThat(errorOf(client.disenroll()).code()).isEqualTo(9021);
    enroll();
    client.disenroll().get(10, TimeUnit.SECONDS);
    assertThat(server.devices()).isEmpty();
    assertThat(app.memory.profiles()).isEmpty();
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isFalse();
    enroll();
    assertThat(server.received(CURRENT).get(0).query())
        .isEqualTo("key_id=" + keyOf(server.received(CONFIRM).get(0)).id());
    server.devices().clear();
    client.disenroll(PROFILE).get(10, TimeUnit.SECONDS);
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isFalse();
  }

  private static DeviceKey keyOf(Received confirm) {
    JsonNode jwk = confirm.json().path("jwk");
    return DeviceKey.of(jwk.path("x").stringValue(), jwk.path("y").stringValue()).orElseThrow();
  }

  @Test
  void aDisenrollmentThatFailsLeavesTheKey() throws Exception {
    enroll();
    assertThat(errorOf(client.disenroll("OTHER")).code()).isEqualTo(8005);
    server.refuseNext(CURRENT, Reply.error(401, "invalid_token"));
    assertThat(errorOf(client.disenroll()).code()).isEqualTo(9010);
    app.session = Optional.empty();
    assertThat(errorOf(client.disenroll()).code()).isEqualTo(8005);
    assertThat(client.isUserEnrolledForMobileAuth(PROFILE)).isTrue();
  }

  @Test
  void aDeviceThatTheServerForgotForgetsEveryProfile() throws Exception {
    enroll();
    server.admits("second-token", "SECOND");
    app.session = Optional.of(new UserSession("SECOND", "second-token"));
    enroll();
    assertThat(app.memory.profiles()).containsExactlyInAnyOrder(PROFILE, "SECOND");
    server.refuseNext(MobileCounterpart.CLAIM, Reply.error(403, "user_unknown"));
    client.handleMobileAuthWithOtp(server.code(), app);
    assertThat(app.untilTheEnd()).containsExactly("error 9003");
    assertThat(app.memory.profiles()).containsExactly(PROFILE);
    enroll();
    server.refuseNext(MobileCounterpart.CLAIM, Reply.error(403, "device_unknown"));
    client.handleMobileAuthWithOtp(server.code(), app);
    assertThat(app.untilTheEnd()).containsExactly("error 9002");
    assertThat(app.memory.profiles()).isEmpty();
  }
}
