package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.kernel.AccessToken;
import io.watchword.client.kernel.Channel;
import io.watchword.client.kernel.CodeRequest;
import io.watchword.client.kernel.GeneratedCode;
import io.watchword.client.kernel.KernelClient;
import io.watchword.client.kernel.KernelClientConfig;
import io.watchword.client.kernel.KernelException;
import io.watchword.client.kernel.KernelException.Refusal;
import io.watchword.client.kernel.RefreshToken;
import io.watchword.client.kernel.RefusalReason;
import io.watchword.client.kernel.TokenPair;
import io.watchword.client.kernel.UserIdType;
import io.watchword.wire.ida.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own client of the kernel services at our own doors, in both dialects. */
class JavaKernelClientTest {

  private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
  private static final String MAIL = "m392380@demo.example";
  private static final String APPLICATION = "registrationclient";

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"seed", "kernel"})
  void theClientUnderstandsTheDoors(String dialect) throws Exception {
    try (DemoServer demo =
        DemoServer.in(data, Map.of("doors.kernel.dialect", dialect), Clock.systemUTC())) {
      refusals(demo);
      user(demo);
      renewals(demo);
      codesForKeys(client(demo, secret()).build());
      codesForKeys(client(demo, secret()).codesInQuery().build());
    }
  }

  private void refusals(DemoServer demo) throws Exception {
    KernelClient stranger = new KernelClient(client(demo, "wrong").build());
    assertThat(reason(stranger::logIn)).isEqualTo(RefusalReason.CREDENTIALS_WRONG);
    assertThat(reason(() -> stranger.sendOtp(request("M000000", Channel.EMAIL))))
        .isEqualTo(RefusalReason.USER_UNKNOWN);
    assertThat(reason(() -> stranger.sendOtp(request("M392381", Channel.PHONE))))
        .isEqualTo(RefusalReason.ADDRESS_MISSING);
    assertThat(
            reason(() ->
                stranger.sendOtp(
                    CodeRequest.of(
                        "M392380",
                        UserIdType.USERID,
                        "preregistration",
                        Channel.EMAIL,
                        Channel.PHONE))))
        .isEqualTo(RefusalReason.SEVERAL_CHANNELS);
    assertThat(
            reason(() ->
                stranger.sendOtp(
                    CodeRequest.of("M392380", UserIdType.USERID, "nobody", Channel.EMAIL))))
        .isEqualTo(RefusalReason.APPLICATION_UNKNOWN);
    assertThat(reason(() -> stranger.logInByOtp("M392380", "111111", APPLICATION)))
        .isEqualTo(RefusalReason.CODE_NOT_EXPECTED);
    assertThat(reason(() -> stranger.validateToken(AccessToken.of("garbage"))))
        .isEqualTo(RefusalReason.TOKEN_INVALID);
  }

  private void user(DemoServer demo) throws Exception {
    KernelClient client = new KernelClient(client(demo, secret()).build());
    String code = code(demo, client);
    assertThat(reason(() -> client.logInByOtp("M392380", other(code), APPLICATION)))
        .isEqualTo(RefusalReason.CODE_WRONG);
    AccessToken token = client.logInByOtp("M392380", code, APPLICATION);
    assertThat(token.expiresAt()).isPresent();
    assertThat(client.validateToken(token).userId()).contains("M392380");
    assertThat(client.validateToken(token).roles())
        .isEqualTo(Set.of("INDIVIDUAL", "REGISTRATION_OFFICER"));
    AccessToken renewed = client.renew(token);
    assertThat(renewed.value()).isNotEqualTo(token.value());
    assertThat(client.validateToken(renewed).userId()).contains("M392380");
    client.logOut(renewed);
    assertThat(reason(() -> client.validateToken(token))).isEqualTo(RefusalReason.TOKEN_INVALID);
    assertThat(reason(() -> client.renew(token))).isEqualTo(RefusalReason.TOKEN_INVALID);
  }

  private void renewals(DemoServer demo) throws Exception {
    KernelClient client = new KernelClient(client(demo, secret()).build());
    KernelClient stranger = new KernelClient(client(demo, "wrong").build());
    String code = code(demo, client);
    assertThat(reason(() -> client.logInByOtpRenewable("M392380", other(code), APPLICATION)))
        .isEqualTo(RefusalReason.CODE_WRONG);
    TokenPair pair = client.logInByOtpRenewable("M392380", code, APPLICATION);
    assertThat(pair.access().expiresAt()).isPresent();
    assertThat(pair.refresh().expiresAt()).isPresent();
    String refresh = pair.refresh().value();
    assertThat(reason(() -> client.validateToken(AccessToken.of(refresh))))
        .isEqualTo(RefusalReason.TOKEN_INVALID);
    assertThat(reason(() -> client.renew(RefreshToken.of(pair.access().value(), APPLICATION))))
        .isEqualTo(RefusalReason.TOKEN_INVALID);
    assertThat(reason(() -> client.renew(RefreshToken.of(refresh, "admin"))))
        .isEqualTo(RefusalReason.TOKEN_INVALID);
    assertThat(reason(() -> client.renew(RefreshToken.of(refresh, "nobody"))))
        .isEqualTo(RefusalReason.APPLICATION_UNKNOWN);
    assertThat(reason(() -> stranger.renew(pair.refresh()))).isEqualTo(RefusalReason.TOKEN_INVALID);
    TokenPair next = client.renew(pair.refresh());
    assertThat(client.validateToken(next.access()).userId()).contains("M392380");
    TokenPair third = client.renew(next.refresh());
    client.logOut(third.access());
    assertThat(reason(() -> client.renew(third.refresh()))).isEqualTo(RefusalReason.TOKEN_INVALID);
  }

  private static String code(DemoServer demo, KernelClient client) throws KernelException {
    client.sendOtp(request("M392380", Channel.EMAIL));
    Matcher letter = CODE.matcher(demo.letters(MAIL).get(0).get("text").stringValue());
    assertThat(letter.find()).isTrue();
    return letter.group();
  }

  private static void codesForKeys(KernelClientConfig config) throws KernelException {
    KernelClient client = new KernelClient(config);
    String key = "+91 9000&" + System.identityHashCode(config);
    GeneratedCode made = client.generateOtp(key);
    assertThat(reason(() -> client.validateOtp(key, other(made.digits()))))
        .isEqualTo(RefusalReason.CODE_WRONG);
    client.validateOtp(key, made.digits());
    assertThat(reason(() -> client.validateOtp(key, made.digits())))
        .isEqualTo(RefusalReason.CODE_NOT_EXPECTED);
    // A session that was ended behind the client's back: it logs in again by itself.
    client.logOut();
    GeneratedCode next = client.generateOtp(key);
    for (int i = 0; i < 2; i++) {
      assertThat(reason(() -> client.validateOtp(key, other(next.digits()))))
          .isEqualTo(RefusalReason.CODE_WRONG);
    }
    assertThat(reason(() -> client.validateOtp(key, other(next.digits()))))
        .isEqualTo(RefusalReason.BLOCKED);
    assertThat(reason(() -> client.generateOtp(key))).isEqualTo(RefusalReason.BLOCKED);
  }

  private static CodeRequest request(String user, Channel channel) {
    return CodeRequest.of(user, UserIdType.USERID, APPLICATION, channel);
  }

  private static KernelClientConfig.Builder client(DemoServer demo, String secret) {
    return KernelClientConfig.builder()
        .serviceUrl(URI.create(demo.url() + "/v1"))
        .client("D72HJDF8", secret, "registrationprocessor");
  }

  private String secret() throws Exception {
    return Json.readObject(Files.readAllBytes(data.resolve("credentials.json")))
        .orElseThrow()
        .at("/kernelClient/secretKey")
        .stringValue();
  }

  private static String other(String code) {
    return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
  }

  private static RefusalReason reason(ThrowingCallable call) {
    Refusal refusal = catchThrowableOfType(Refusal.class, call);
    assertThat(refusal).as("it was not refused").isNotNull();
    return refusal.reason();
  }
}
