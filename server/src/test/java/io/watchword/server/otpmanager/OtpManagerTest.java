package io.watchword.server.otpmanager;

import static io.watchword.server.KernelClient.call;
import static io.watchword.server.KernelClient.post;
import static io.watchword.server.KernelClient.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.KernelClient;
import io.watchword.server.KernelClient.Reply;
import io.watchword.testkit.time.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract kernel B and the acceptance list G, over HTTP, on a clock that obeys the test. */
class OtpManagerTest {

  private static final String KEY = "+919820173642";
  private static final Duration FREEZE = Duration.ofMinutes(30);
  private static final Duration LIFETIME = Duration.ofMinutes(3);
  private static final String NO_RECORD =
      "KER-OTV-005 Validation can't be performed against this key. Generate OTP first.";

  @TempDir Path data;
  private final HandClock clock = new HandClock(Instant.parse("2026-01-05T10:00:00Z"));
  private DemoServer demo;
  private KernelClient client;
  private String token;

  @BeforeEach
  void start() {
    demo = DemoServer.in(data, Map.of("doors.kernel.tokens.life", "24h"), clock);
    client = new KernelClient(demo);
    token = client.clientToken();
  }

  @AfterEach
  void stop() {
    client.close();
    demo.close();
  }

  private String generated(String key) {
    Reply reply = client.generate(token, key);
    assertThat(reply.told("status")).isEqualTo("GENERATION_SUCCESSFUL");
    assertThat(reply.json().get("response").propertyNames())
        .containsExactlyInAnyOrder("otp", "status");
    assertThat(reply.told("otp")).matches("[0-9]{6}");
    return reply.told("otp");
  }

  private void blocked(Reply generated) {
    assertThat(generated.told("otp")).isEqualTo("null");
    assertThat(generated.json().at("/response/otp").isString()).isTrue();
    assertThat(generated.told("status")).isEqualTo("USER_BLOCKED");
  }

  private String validated(String key, String otp) {
    Reply reply = client.validate(token, key, otp);
    assertThat(reply.status()).isEqualTo(200);
    if (!reply.errors().isEmpty()) {
      return reply.errors().getFirst();
    }
    String message = reply.told("message");
    assertThat(reply.told("status"))
        .isEqualTo(message.equals("VALIDATION_SUCCESSFUL") ? "success" : "failure");
    return message;
  }

  @Test
  void whoeverHasNoTokenOrNotTheRoleIsTurnedAway() {
    for (Reply reply :
        List.of(
            client.generate(null, KEY),
            client.generate("nonsense", KEY),
            client.generate(token + "x", KEY),
            client.validate("", KEY, "123456"))) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.errors()).containsExactly("KER-ATH-401 Authentication Failed");
    }
    clock.move(Duration.ofHours(24));
    assertThat(client.generate(token, KEY).status()).isEqualTo(401);
  }

  @Test
  void argumentsThatAreWrongAreToldAllAtOnce() {
    assertThat(client.generate(token, "  ").errors())
        .containsExactly("KER-OTG-001 request.key: Key can't be empty or null");
    for (String key : List.of("ab", "k".repeat(65))) {
      assertThat(client.generate(token, key).errors())
          .containsExactly("KER-OTG-001 request.key: length should be in the range of 3-64");
    }
    assertThat(client.validate(token, "", "").errors())
        .containsExactly(
            "KER-OTV-001 Key can't be empty or null.",
            "KER-OTV-003 OTP can't be empty or null.",
            "KER-OTV-004 OTP consists of only numeric characters. No other characters is allowed.");
    assertThat(client.validate(token, "ab", "12a").errors())
        .containsExactly(
            "KER-OTV-002 Length of key should be in the range of 3-64.",
            "KER-OTV-004 OTP consists of only numeric characters. No other characters is allowed.");
    assertThat(client.validate(token, KEY, "١٢٣٤٥٦").errors())
        .containsExactly(
            "KER-OTV-004 OTP consists of only numeric characters. No other characters is allowed.");
    Reply noParameter =
        client.send(call("GET", "/v1/otpmanager/otp/validate?key=abc").token(token));
    assertThat(noParameter.status()).isEqualTo(500);
    assertThat(noParameter.errors().getFirst()).startsWith("KER-OTV-500 ");
    Reply noRequest =
        client.send(
            call("POST", "/v1/otpmanager/otp/generate")
                .header("Content-Type", "application/json")
                .token(token)
                .text("{}"));
    assertThat(noRequest.status()).isEqualTo(500);
    assertThat(noRequest.errors().getFirst()).startsWith("KER-OTV-500 ");
    assertThat(
            client
                .send(
                    call("POST", "/v1/otpmanager/otp/generate")
                        .header("Content-Type", "application/json")
                        .token(token)
                        .text("nonsense"))
                .errors()
                .getFirst())
        .startsWith("KER-OTV-999 ");
  }

  @Test
  void aRightCodeSucceedsOnceByQueryOrByBody() {
    assertThat(validated(KEY, "123456")).isEqualTo(NO_RECORD);
    String code = generated(KEY);
    assertThat(validated(KEY, code)).isEqualTo("VALIDATION_SUCCESSFUL");
    assertThat(validated(KEY, code)).isEqualTo(NO_RECORD);
    String other = generated(KEY);
    assertThat(
            client
                .send(post("/v1/otpmanager/otp/validate", "key", KEY, "otp", other).token(token))
                .told("message"))
        .isEqualTo("VALIDATION_SUCCESSFUL");
  }

  @Test
  void theThirdWrongTryBlocksTheKeyUntilTheFreezeIsOver() {
    String code = generated(KEY);
    assertThat(validated(KEY, wrong(code))).isEqualTo("VALIDATION_UNSUCCESSFUL");
    assertThat(validated(KEY, "1")).isEqualTo("VALIDATION_UNSUCCESSFUL");
    assertThat(validated(KEY, wrong(code))).isEqualTo("USER_BLOCKED");
    assertThat(validated(KEY, code)).isEqualTo("USER_BLOCKED");
    blocked(client.generate(token, KEY));
    clock.move(LIFETIME);
    assertThat(validated(KEY, code)).isEqualTo("OTP_EXPIRED");
    blocked(client.generate(token, KEY));
    clock.move(FREEZE.minus(LIFETIME).minusMillis(1));
    blocked(client.generate(token, KEY));
    clock.move(Duration.ofMillis(1));
    assertThat(validated(KEY, generated(KEY))).isEqualTo("VALIDATION_SUCCESSFUL");
  }

  @Test
  void aRightCodeOnTheThirdTrySucceeds() {
    String code = generated(KEY);
    validated(KEY, wrong(code));
    validated(KEY, wrong(code));
    assertThat(validated(KEY, code)).isEqualTo("VALIDATION_SUCCESSFUL");
  }

  @Test
  void aLateCodeIsNeitherComparedNorCounted() {
    String code = generated(KEY);
    clock.move(LIFETIME);
    for (int i = 0; i < 5; i++) {
      assertThat(validated(KEY, i % 2 == 0 ? code : wrong(code))).isEqualTo("OTP_EXPIRED");
    }
    assertThat(validated(KEY, generated(KEY))).isEqualTo("VALIDATION_SUCCESSFUL");
  }

  @Test
  void anotherCodeReplacesTheFormerAndKeepsItsTries() {
    String first = generated(KEY);
    validated(KEY, wrong(first));
    validated(KEY, wrong(first));
    String second = generated(KEY);
    assertThat(validated(KEY, second.equals(first) ? wrong(second) : first))
        .isEqualTo("USER_BLOCKED");
  }

  @Test
  void aKeyBelongsToTheApplicationAndItsCodeLogsNobodyIn() {
    client.sendOtp("admin", "USERID", "M392380", "email");
    Reply officer = client.userOtp("M392380", client.code("m392380@demo.example"), "admin");
    String code = generated("M392380");
    assertThat(client.validate(officer.cookie().orElseThrow(), "M392380", code).errors())
        .containsExactly(NO_RECORD);
    assertThat(client.userOtp("M392380", code, "admin").errors()).containsExactly(NO_RECORD);
    client.sendOtp("admin", "USERID", "M392380", "email");
    String sent = client.code("m392380@demo.example");
    if (!sent.equals(code)) {
      assertThat(client.userOtp("M392380", code, "admin").errors())
          .containsExactly("AUTH_ERR_INVALIDOTP The passed in OTP is invalid");
      assertThat(validated("M392380", sent)).isEqualTo("VALIDATION_UNSUCCESSFUL");
    }
  }

  @Test
  void ofAThousandParallelTriesOneSucceedsOrThreeAreCompared() throws Exception {
    for (boolean withRightOnes : new boolean[] {false, true}) {
      String key = "race-" + withRightOnes;
      String code = generated(key);
      List<Callable<String>> tries = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        boolean right = withRightOnes && i % 2 == 0;
        String guess =
            right ? code : "%06d".formatted((Integer.parseInt(code) + 1 + i) % 1_000_000);
        tries.add(() -> validated(key, guess));
      }
      Map<String, Integer> answers = new TreeMap<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
        for (Future<String> each : threads.invokeAll(tries)) {
          answers.merge(each.get(), 1, Integer::sum);
        }
      }
      int succeeded = answers.getOrDefault("VALIDATION_SUCCESSFUL", 0);
      int unsuccessful = answers.getOrDefault("VALIDATION_UNSUCCESSFUL", 0);
      int blocked = answers.getOrDefault("USER_BLOCKED", 0);
      int none = answers.getOrDefault(NO_RECORD, 0);
      assertThat(succeeded + unsuccessful + blocked + none).as(answers.toString()).isEqualTo(1_000);
      if (withRightOnes) {
        assertThat(succeeded).isLessThanOrEqualTo(1);
        assertThat(unsuccessful).isLessThanOrEqualTo(2);
        assertThat(succeeded == 1 ? none : blocked).isPositive();
      } else {
        assertThat(unsuccessful).isEqualTo(2);
        assertThat(blocked).isEqualTo(998);
      }
    }
  }

  @Test
  void aPersonLoggedInToAnApplicationReachesNoneOfItsKeys(@TempDir Path other) {
    for (String shared : List.of("false", "true")) {
      try (DemoServer place =
              DemoServer.in(
                  other.resolve(shared), Map.of("doors.kernel.shared-keys", shared), clock);
          KernelClient all = new KernelClient(place)) {
        String application = all.credentials().at("/kernelClient/appId").stringValue();
        assertThat(all.sendOtp(application, "USERID", "M392380", "email").errors()).isEmpty();
        String person =
            all.userOtp("M392380", all.code("m392380@demo.example"), application)
                .cookie()
                .orElseThrow();
        String own = all.clientToken();
        String code = all.generate(own, KEY).told("otp");
        String persons = all.generate(person, KEY).told("otp");
        assertThat(all.validate(own, KEY, code).told("message")).isEqualTo("VALIDATION_SUCCESSFUL");
        assertThat(all.validate(own, KEY, persons).errors()).containsExactly(NO_RECORD);
        assertThat(all.validate(person, KEY, persons).told("message"))
            .isEqualTo("VALIDATION_SUCCESSFUL");
      }
    }
  }

  @Test
  void parallelGeneratesLeaveExactlyOneCode(@TempDir Path other) throws Exception {
    try (DemoServer patient =
            DemoServer.in(other, Map.of("doors.kernel.codes.tries", "100"), clock);
        KernelClient all = new KernelClient(patient)) {
      String own = all.clientToken();
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(() -> all.generate(own, KEY).told("otp"));
      }
      Set<String> codes = new TreeSet<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
        for (Future<String> each : threads.invokeAll(calls)) {
          codes.add(each.get());
        }
      }
      assertThat(codes).allMatch(code -> code.matches("[0-9]{6}"));
      long right =
          codes.stream()
              .filter(code ->
                  all.validate(own, KEY, code).told("message").equals("VALIDATION_SUCCESSFUL"))
              .count();
      assertThat(right).isEqualTo(1);
    }
  }
}
