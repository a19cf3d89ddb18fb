package io.watchword.client.kernel;

import static io.watchword.client.kernel.KernelCounterpart.GENERATE;
import static io.watchword.client.kernel.KernelCounterpart.LOGIN;
import static io.watchword.client.kernel.KernelCounterpart.LOGOUT;
import static io.watchword.client.kernel.KernelCounterpart.OLD_LOGOUT;
import static io.watchword.client.kernel.KernelCounterpart.OLD_OWNER;
import static io.watchword.client.kernel.KernelCounterpart.OWNER;
import static io.watchword.client.kernel.KernelCounterpart.SEND;
import static io.watchword.client.kernel.KernelCounterpart.USER_LOGIN;
import static io.watchword.client.kernel.KernelCounterpart.VALIDATE;
import static io.watchword.client.kernel.KernelCounterpart.VALIDATE_QUERY;
import static io.watchword.client.kernel.KernelCounterpart.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.kernel.KernelCounterpart.Received;
import io.watchword.client.kernel.KernelCounterpart.Reply;
import io.watchword.client.kernel.KernelException.Refusal;
import io.watchword.client.kernel.KernelException.TransportFailure;
import io.watchword.wire.ida.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each call, with what it sends and what it makes of both dialects' answers. */
@Timeout(60)
class KernelClientTest {

  private static final Instant NOW = Instant.parse("2019-04-29T07:01:24.692Z");
  private static final String KEY = "+91 98201&73642";
  private static final String TOKEN = token("M392380", 0, 6000);

  private final KernelCounterpart server = new KernelCounterpart();
  private KernelClient client;

  @BeforeEach
  void start() {
    client = new KernelClient(Configs.builder(server.url()).time(() -> NOW).build());
    server.logsInWithTokensOf(6000);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aCodeThatIsWrongExpiredOrUsedIsTheSameRefusalInBothDialects() {
    record Case(RefusalReason reason, String... bodies) {}
    for (Case each :
        List.of(
            new Case(
                RefusalReason.CODE_WRONG,
                Replies.documentedError("AUTH_ERR_OTPNOTVALID", "The passed in OTP is not valid"),
                Replies.deployed(Replies.status("failure", "VALIDATION_UNSUCCESSFUL")),
                Replies.documented(Replies.status("failure", "VALIDATION_UNSUCCESSFUL"))),
            new Case(
                RefusalReason.CODE_EXPIRED,
                Replies.documentedError("AUTH_ERR_OTPEXPIRED", "The passed in OTP is expired"),
                Replies.deployed(Replies.status("failure", "OTP_EXPIRED"))),
            new Case(
                RefusalReason.BLOCKED, Replies.deployed(Replies.status("failure", "USER_BLOCKED"))),
            new Case(
                RefusalReason.CODE_NOT_EXPECTED,
                Replies.deployedError(
                    "KER-OTV-005",
                    "Validation can't be performed against this key. Generate OTP first.")),
            new Case(
                RefusalReason.OTHER, Replies.deployed(Replies.status("failure", "no idea"))))) {
      for (String body : each.bodies()) {
        server.answers(VALIDATE, body);
        Refusal refusal =
            catchThrowableOfType(Refusal.class, () -> client.validateOtp(KEY, "365621"));
        assertThat(refusal.reason()).as(body).isEqualTo(each.reason());
        assertThat(refusal.isMismatch()).isEqualTo(each.reason() == RefusalReason.CODE_WRONG);
      }
    }
  }

  @Test
  void aSuccessWhoseTextDoesNotSaySoIsNoSuccess() {
    for (String message : List.of("VALIDATION_UNSUCCESSFUL", "", "OK", "USER_BLOCKED")) {
      server.answers(VALIDATE, Replies.deployed(Replies.status("success", message)));
      assertThatThrownBy(() -> client.validateOtp(KEY, "365621"))
          .as(message)
          .isInstanceOf(TransportFailure.class);
    }
  }

  @Test
  void aRightCodeIsOneInBothDialects() throws Exception {
    for (String body :
        List.of(
            Replies.documented(Replies.status("success", "VALIDATION SUCCESSFUL")),
            Replies.deployed(Replies.status("success", "VALIDATION_SUCCESSFUL")),
            Replies.withNoErrors(Replies.status("Success", "VALIDATION_SUCCESSFUL")))) {
      server.answers(VALIDATE, body);
      client.validateOtp(KEY, "365621");
    }
    Received sent = server.last();
    assertThat(sent.query()).isEmpty();
    assertThat(sent.cookie()).isEqualTo("Authorization=" + token("app-1", 0, 6000));
    assertThat(sent.envelope())
        .isEqualTo(
            json(
                """
                {"id":"mosip.otp.validateOTP","version":"1.0",
                 "requesttime":"2019-04-29T07:01:24.692Z","metadata":{},
                 "request":{"key":"+91 98201&73642","otp":"365621"}}\
                """));
  }

  @Test
  void aCodeIsInTheAddressOnlyIfThatWasChosen() throws Exception {
    server.answers(
        VALIDATE_QUERY, Replies.deployed(Replies.status("success", "VALIDATION_SUCCESSFUL")));
    assertThatThrownBy(() -> client.validateOtp(KEY, "365621")).hasMessageContaining("HTTP 404");
    assertThat(server.received(VALIDATE_QUERY)).isEmpty();
    new KernelClient(Configs.builder(server.url()).codesInQuery().build())
        .validateOtp(KEY, "365621");
    assertThat(server.last().query()).isEqualTo("key=%2B91%2098201%2673642&otp=365621");
    assertThat(server.last().body()).isEmpty();
  }

  @Test
  void aBlockedKeyGetsNoCodeAndAnAnswerWithoutDigitsIsNone() {
    server.answers(GENERATE, Replies.deployed("{\"otp\":\"null\",\"status\":\"USER_BLOCKED\"}"));
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> client.generateOtp(KEY));
    assertThat(refusal.reason()).isEqualTo(RefusalReason.BLOCKED);
    for (String response :
        List.of(
            "{\"otp\":\"null\",\"status\":\"GENERATION_SUCCESSFUL\"}",
            "{\"status\":\"GENERATION_SUCCESSFUL\"}",
            "{\"otp\":\"849004\",\"status\":\"PERHAPS\"}",
            "{\"otp\":\"849004\"}")) {
      server.answers(GENERATE, Replies.deployed(response));
      assertThatThrownBy(() -> client.generateOtp(KEY))
          .as(response)
          .isInstanceOf(TransportFailure.class);
    }
  }

  @Test
  void aCodeIsMadeForAKey() throws Exception {
    server.answers(
        GENERATE, Replies.deployed("{\"otp\":\"049004\",\"status\":\"GENERATION_SUCCESSFUL\"}"));
    assertThat(client.generateOtp(KEY).digits()).isEqualTo("049004");
    assertThat(server.last().request()).isEqualTo(json("{\"key\":\"+91 98201&73642\"}"));
    assertThat(server.last().envelope().get("id").stringValue()).isEqualTo("mosip.otp.generateOTP");
    assertThat(server.received(LOGIN).get(0).request())
        .isEqualTo(
            json(
                """
                {"clientId":"D72HJDF8","secretKey":"correct horse battery staple",
                 "appId":"registrationprocessor"}\
                """));
  }

  @Test
  void aCallerWithoutTheRoleIsForbiddenAndDoesNotLogInAgain() {
    server.answers(
        GENERATE,
        request -> Reply.of(Replies.deployedError("KER-ATH-403", "Forbidden")).withStatus(403));
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> client.generateOtp(KEY));
    assertThat(refusal.reason()).isEqualTo(RefusalReason.FORBIDDEN);
    assertThat(refusal.has("KER-ATH-403")).isTrue();
    assertThat(server.received(LOGIN)).hasSize(1);
    server.answers(GENERATE, request -> Reply.of("<html>").withStatus(403));
    refusal = catchThrowableOfType(Refusal.class, () -> client.generateOtp(KEY));
    assertThat(refusal.reason()).isEqualTo(RefusalReason.FORBIDDEN);
    assertThat(refusal.errors()).isEmpty();
  }

  @Test
  void aCodeIsSentWithTheMembersThatDeployedServicesRead() throws Exception {
    for (String body :
        List.of(
            Replies.success("OTP had been sent successfully"),
            Replies.deployed(Replies.status("success", "Email Request submitted")))) {
      server.answers(SEND, body);
      client.sendOtp(
          CodeRequest.of(
                  "2530192395", UserIdType.UIN, "ida", Channel.EMAIL, Channel.PHONE, Channel.EMAIL)
              .inContext("ida-auth-otp")
              .withVariable("UIN", "2530192395"));
    }
    assertThat(server.last().cookie()).isEmpty();
    assertThat(server.last().request())
        .isEqualTo(
            json(
                """
                {"userId":"2530192395","useridtype":"UIN","otpChannel":["email","phone"],
                 "appId":"ida","context":"ida-auth-otp",
                 "templateVariables":{"UIN":"2530192395"}}\
                """));
  }

  @Test
  void aUserLogsInByTheCodeAndHasTheTokenOfHeaderOrCookie() throws Exception {
    server.answers(
        USER_LOGIN,
        request -> Reply.of(Replies.success("OTP validation is successfull")).withToken(TOKEN));
    AccessToken token = client.logInByOtp("M392380", "849004", "admin");
    assertThat(token.value()).isEqualTo(TOKEN);
    assertThat(token.expiresAt()).contains(NOW.plus(Duration.ofSeconds(6000)));
    assertThat(server.last().request())
        .isEqualTo(json("{\"userId\":\"M392380\",\"otp\":\"849004\",\"appId\":\"admin\"}"));
    for (String header : List.of("Authorization", "Set-Cookie")) {
      String value = header.equals("Set-Cookie") ? "Authorization=" + TOKEN + ";HttpOnly" : TOKEN;
      server.answers(
          USER_LOGIN,
          request ->
              Reply.of(Replies.deployed(Replies.status("success", "VALIDATION_SUCCESSFUL")))
                  .withHeaders(Map.of(header, List.of(value))));
      assertThat(client.logInByOtp("M392380", "849004", "admin").value()).isEqualTo(TOKEN);
    }
  }

  @Test
  void aFailureLogsNobodyInEvenWithAToken() {
    for (String body :
        List.of(
            Replies.documentedError("AUTH_ERR_INVALIDOTP", "The passed in OTP is invalid"),
            Replies.deployed(Replies.status("failure", "VALIDATION_UNSUCCESSFUL")))) {
      server.answers(USER_LOGIN, request -> Reply.of(body).withToken(TOKEN));
      Refusal refusal =
          catchThrowableOfType(
              Refusal.class, () -> client.logInByOtp("M392380", "849004", "admin"));
      assertThat(refusal.isMismatch()).isTrue();
    }
  }

  @Test
  void aTokenOfNobodyIsRefusedInBothDialects() {
    AccessToken token = AccessToken.of(TOKEN);
    server.answers(
        OWNER,
        request ->
            Reply.of(
                    Replies.deployedError("KER-ATH-401", "Authentication Failed : Invalid Token :"))
                .withStatus(401));
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> client.validateToken(token));
    assertThat(refusal.reason()).isEqualTo(RefusalReason.TOKEN_INVALID);
    assertThat(server.received(LOGIN)).isEmpty();
    server.answers(
        OWNER,
        Replies.documentedError("AUTH_ERR_TOKENNOTVALID", "The passed in Token is not correct"));
    refusal = catchThrowableOfType(Refusal.class, () -> client.validateToken(token));
    assertThat(refusal.reason()).isEqualTo(RefusalReason.TOKEN_INVALID);
    server.answers(OWNER, Replies.documented("{\"message\":\"hello\"}"));
    assertThatThrownBy(() -> client.validateToken(token)).isInstanceOf(TransportFailure.class);
    server.answers(OWNER, Replies.documented("{\"userId\":\"M1\",\"token\":\"another\"}"));
    assertThatThrownBy(() -> client.validateToken(token))
        .hasMessage("the reply is about another token");
  }

  @Test
  void theOwnerOfATokenIsRead() throws Exception {
    server.answers(
        OWNER,
        Replies.deployed(
            """
            {"userId":"M392380","mobile":"9000000200","mail":"m@demo.example","langCode":null,
             "userPassword":null,"name":"M392380","role":"INDIVIDUAL,AUTH,","rid":null,
             "token":"%s"}\
            """
                .formatted(TOKEN)));
    TokenOwner owner = client.validateToken(AccessToken.of(TOKEN));
    assertThat(owner.userId()).contains("M392380");
    assertThat(owner.roles()).containsExactlyInAnyOrder("INDIVIDUAL", "AUTH");
    assertThat(owner.email()).contains("m@demo.example");
    assertThat(owner.phone()).contains("9000000200");
    assertThat(owner.language()).isEmpty();
    assertThat(owner.toString()).doesNotContain("M392380", "9000000200", "demo.example");
    assertThat(server.last().cookie()).isEqualTo("Authorization=" + TOKEN);
  }

  @Test
  void servicesThatKnowOnlyTheOldFormsAreAskedByThose() throws Exception {
    server.answers(
        OLD_OWNER, Replies.documented("{\"message\":\"Token had been validated successfully\"}"));
    assertThat(client.validateToken(AccessToken.of(TOKEN)).userId()).isEqualTo(Optional.empty());
    server.answers(OLD_OWNER, Replies.documented("{\"message\":\"Token is strange\"}"));
    assertThatThrownBy(() -> client.validateToken(AccessToken.of(TOKEN)))
        .isInstanceOf(TransportFailure.class);
    for (String body :
        List.of(
            Replies.documented("{\"message\":\"Token invalidated successfully\"}"),
            Replies.deployed(
                Replies.status("success", "Token has been invalidated successfully")))) {
      server.answers(OLD_LOGOUT, body);
      client.logOut(AccessToken.of(TOKEN));
    }
    server.answers(
        OLD_LOGOUT,
        Replies.deployedError(
            "KER-ATH-008", "Token is not present in datastore,Please try with new token"));
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> client.logOut(AccessToken.of(TOKEN)));
    assertThat(refusal.reason()).isEqualTo(RefusalReason.TOKEN_INVALID);
  }

  @Test
  void aLogoutThatFailedIsSaid() throws Exception {
    server.answers(LOGOUT, Replies.deployed(Replies.status("Failed", "log out failed")));
    assertThatThrownBy(() -> client.logOut(AccessToken.of(TOKEN))).isInstanceOf(Refusal.class);
    server.answers(LOGOUT, Replies.deployed(Replies.status("Success", "successfully loggedout")));
    client.logOut(AccessToken.of(TOKEN));
  }

  @Test
  void noTextShowsASecretATokenACodeOrAPerson() throws Exception {
    server.answers(
        GENERATE, Replies.deployed("{\"otp\":\"849004\",\"status\":\"GENERATION_SUCCESSFUL\"}"));
    // A server that quotes the request, as parsers do.
    server.answers(
        VALIDATE,
        request ->
            Reply.of(
                    Replies.deployedError(
                        "365621 " + request.cookie(), "cannot read 365621 of 98201"))
                .withStatus(500));
    server.answers(
        LOGIN, request -> Reply.of(Replies.success("in")).withToken(token("app", 0, 6000)));
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> client.validateOtp(KEY, "365621"));
    CodeRequest asked =
        CodeRequest.of("M392380", UserIdType.USERID, "admin", Channel.EMAIL)
            .withVariable("name", "Margaret");
    for (Object shown :
        List.of(
            refusal,
            client,
            Configs.builder(server.url()).build(),
            client.generateOtp(KEY),
            AccessToken.of(TOKEN),
            asked)) {
      assertThat(shown.toString())
          .doesNotContain(
              "365621", "849004", "98201", Configs.SECRET, "eyJ", "M392380", "Margaret");
    }
    assertThat(refusal.errors()).hasSize(1);
  }

  private static Object json(String text) {
    return Json.readObject(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
