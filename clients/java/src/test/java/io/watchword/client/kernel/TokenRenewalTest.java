package io.watchword.client.kernel;

import static io.watchword.client.kernel.KernelCounterpart.LOGIN;
import static io.watchword.client.kernel.KernelCounterpart.RENEW;
import static io.watchword.client.kernel.KernelCounterpart.RENEWABLE_LOGIN;
import static io.watchword.client.kernel.KernelCounterpart.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.kernel.KernelCounterpart.Reply;
import io.watchword.client.kernel.KernelException.Refusal;
import io.watchword.client.kernel.KernelException.TransportFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens of people that are renewed (contract kernel A.7 and A.10). */
@Timeout(60)
class TokenRenewalTest {

  private static final Instant NOW = Instant.parse("2026-11-22T01:04:17Z");
  private static final String OLD = token("old", 0, 6000);
  private static final String NEW = token("new", 0, 6000);
  private static final String REFRESH = token("refresh", 0, 86_400);
  private static final String NEXT_REFRESH = token("next", 0, 86_400);
  private static final String USER =
      Replies.deployed("{\"userId\":\"M392380\",\"role\":\"INDIVIDUAL\",\"token\":null}");
  private static final String RENEWED =
      Replies.deployed(Replies.status("SUCCESS", "Access token refreshed"));

  private final KernelCounterpart server = new KernelCounterpart();
  private final KernelClient client =
      new KernelClient(Configs.builder(server.url()).time(() -> NOW).build());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aTokenThatCannotBeRenewedIsRefused() {
    refuses(RENEW, "Token doesn't exist");
    assertThat(reason(() -> client.renew(AccessToken.of(OLD))))
        .isEqualTo(RefusalReason.TOKEN_INVALID);
    refuses(RENEW, "Refresh Token Expired");
    assertThat(reason(() -> client.renew(AccessToken.of(OLD))))
        .isEqualTo(RefusalReason.TOKEN_EXPIRED);
    refuses(RENEW + "/regproc", "Client error occured with message invalid_grant");
    assertThat(reason(() -> client.renew(RefreshToken.of(REFRESH, "regproc"))))
        .isEqualTo(RefusalReason.TOKEN_INVALID);
    assertThat(server.received(LOGIN)).isEmpty();
  }

  @Test
  void aReplyWithoutTheTokensThatItPromisesIsNoRenewal() {
    server.answers(RENEW, USER);
    assertThatThrownBy(() -> client.renew(AccessToken.of(OLD)))
        .isInstanceOf(TransportFailure.class)
        .hasMessageContaining("no token");
    server.answers(RENEW, request -> Reply.of(RENEWED).withToken(NEW));
    assertThatThrownBy(() -> client.renew(AccessToken.of(OLD)))
        .isInstanceOf(TransportFailure.class);
    RefreshToken refresh = RefreshToken.of(REFRESH, "regproc");
    server.answers(RENEW + "/regproc", request -> Reply.of(RENEWED).withToken(NEW));
    assertThatThrownBy(() -> client.renew(refresh)).hasMessageContaining("no token");
    server.answers(RENEW + "/regproc", request -> renewed("refresh_token=" + NEXT_REFRESH));
    assertThatThrownBy(() -> client.renew(refresh)).hasMessageContaining("no token");
    server.answers(
        RENEW + "/regproc",
        request ->
            renewed("Authorization=" + NEW, "refresh_token=one", "refresh_token=another; Path=/"));
    assertThatThrownBy(() -> client.renew(refresh)).hasMessageContaining("two different tokens");
    server.answers(
        RENEWABLE_LOGIN,
        Replies.deployed("{\"status\":\"success\",\"token\":\"%s\"}".formatted(NEW)));
    assertThatThrownBy(() -> client.logInByOtpRenewable("M392380", "849004", "regproc"))
        .hasMessageContaining("no token");
    server.answers(
        RENEWABLE_LOGIN,
        Replies.deployed(
            "{\"status\":\"success\",\"token\":\"%s\",\"refreshToken\":\"a b\"}".formatted(NEW)));
    assertThatThrownBy(() -> client.logInByOtpRenewable("M392380", "849004", "regproc"))
        .hasMessageContaining("form");
  }

  @Test
  void whatCannotBeRenewedIsNotSent() {
    assertThatIllegalArgumentException().isThrownBy(() -> RefreshToken.of("a; b=c", "regproc"));
    assertThatIllegalArgumentException().isThrownBy(() -> RefreshToken.of(REFRESH, " "));
    assertThatIllegalArgumentException()
        .as("before the code is spent")
        .isThrownBy(() -> client.logInByOtpRenewable("M392380", "849004", ""));
    KernelClient nobody =
        new KernelClient(KernelClientConfig.builder().serviceUrl(server.url()).build());
    assertThatIllegalStateException()
        .isThrownBy(() -> nobody.renew(RefreshToken.of(REFRESH, "regproc")));
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aWrongCodeGivesNoPair() {
    for (String body :
        List.of(
            Replies.documentedError("AUTH_ERR_INVALIDOTP", "The passed in OTP is invalid"),
            Replies.deployed(Replies.status("failure", "VALIDATION_UNSUCCESSFUL")))) {
      server.answers(RENEWABLE_LOGIN, body);
      assertThat(reason(() -> client.logInByOtpRenewable("M392380", "849004", "regproc")))
          .isEqualTo(RefusalReason.CODE_WRONG);
    }
  }

  @Test
  void anAccessTokenIsRenewedByItself() throws Exception {
    server.answers(RENEW, request -> Reply.of(USER).withToken(NEW));
    AccessToken renewed = client.renew(AccessToken.of(OLD));
    assertThat(renewed.value()).isEqualTo(NEW);
    assertThat(renewed.expiresAt()).contains(NOW.plusSeconds(6000));
    assertThat(server.last().cookie()).isEqualTo("Authorization=" + OLD);
    assertThat(server.last().body()).isEmpty();
  }

  @Test
  void aCodeGivesAPairWhoseRefreshTokenGivesTheNext() throws Exception {
    server.answers(
        RENEWABLE_LOGIN,
        Replies.deployed(
            """
            {"token":"%s","message":"VALIDATION_SUCCESSFUL","refreshToken":"%s","expiryTime":6000,
             "userId":"M392380","status":"success","refreshExpiryTime":86400}\
            """
                .formatted(OLD, REFRESH)));
    TokenPair pair = client.logInByOtpRenewable("M392380", "849004", "reg/proc é");
    assertThat(pair.access()).isEqualTo(new AccessToken(OLD, Optional.of(NOW.plusSeconds(6000))));
    assertThat(pair.refresh())
        .isEqualTo(new RefreshToken(REFRESH, "reg/proc é", Optional.of(NOW.plusSeconds(86_400))));
    assertThat(server.last().request().get("otp").stringValue()).isEqualTo("849004");

    server.answers(
        RENEW + "/reg%2Fproc%20%C3%A9",
        request -> renewed("Authorization=" + NEW, "refresh_token=" + NEXT_REFRESH + "; HttpOnly"));
    TokenPair next = client.renew(pair.refresh());
    assertThat(next.access().value()).isEqualTo(NEW);
    assertThat(next.refresh().value()).isEqualTo(NEXT_REFRESH);
    assertThat(next.refresh().appId()).isEqualTo("reg/proc é");
    assertThat(server.last().cookie()).isEqualTo("refresh_token=" + REFRESH);
    assertThat(server.last().envelope().properties())
        .extracting(each -> each.getKey() + "=" + each.getValue().stringValue())
        .containsExactlyInAnyOrder("clientID=D72HJDF8", "clientSecret=" + Configs.SECRET);
    assertThat(server.received(LOGIN)).isEmpty();
    assertThat(pair + " " + next + " " + pair.refresh()).doesNotContain("eyJ");
  }

  private static Reply renewed(String... cookies) {
    return Reply.of(RENEWED).withHeaders(Map.of("Set-Cookie", List.of(cookies)));
  }

  private void refuses(String call, String message) {
    server.answers(
        call, request -> Reply.of(Replies.deployedError("500", message)).withStatus(500));
  }

  private static RefusalReason reason(ThrowingCallable call) {
    Refusal refusal = catchThrowableOfType(Refusal.class, call);
    assertThat(refusal).as("it was not refused").isNotNull();
    return refusal.reason();
  }
}
