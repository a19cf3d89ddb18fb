package io.watchword.server.authmanager;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract kernel A in dialect kernel, with the token prefix of release 0.11. */
class KernelDialectTest {

  private static final String SEND = "/v1/authmanager/authenticate/sendotp";
  private static final String USER = "M392380";
  private static final String MAIL = "m392380@demo.example";

  @TempDir Path data;
  private final HandClock clock = new HandClock(Instant.parse("2026-01-05T10:00:00Z"));
  private DemoServer demo;
  private KernelClient client;

  @BeforeEach
  void start() {
    demo =
        DemoServer.in(
            data,
            Map.of("doors.kernel.dialect", "kernel", "doors.kernel.tokens.prefix", "Mosip-Token"),
            clock);
    client = new KernelClient(demo);
  }

  @AfterEach
  void stop() {
    client.close();
    demo.close();
  }

  private static void isAnswer(Reply reply, String status, String message) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().propertyNames())
        .containsExactly("id", "version", "responsetime", "metadata", "response", "errors");
    assertThat(reply.json().get("id").stringValue()).isEqualTo("mosip.any.id");
    assertThat(reply.json().get("errors").isNull()).isTrue();
    assertThat(reply.told("status")).isEqualTo(status);
    assertThat(reply.told("message")).isEqualTo(message);
  }

  private void sendFails(int status, String error, Object... members) {
    Reply reply = client.send(post(SEND, members));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().get("response").isNull()).isTrue();
    assertThat(reply.errors()).singleElement().asString().startsWith(error);
  }

  @Test
  void theErrorsOfTheDeployedServicesComeInTheirOrder() {
    Reply unreadable =
        client.send(call("POST", SEND).header("Content-Type", "application/json").text("{"));
    assertThat(unreadable.json().get("id").isNull()).isTrue();
    assertThat(unreadable.errors().getFirst()).startsWith("KER-ATH-019 ");
    sendFails(200, "KER-ATH-026 Realm not found:: null");
    sendFails(500, "500 ", "appId", "admin");
    sendFails(200, "401 Invalid User Id type", "appId", "admin", "otpChannel", List.of("email"));
    sendFails(
        200,
        "KER-ATH-401 Context is null,Please enter a valid context",
        "appId",
        "admin",
        "otpChannel",
        List.of("email"),
        "useridtype",
        "USERID");
    sendFails(
        200,
        "KER-ATH-401 Invalid User id ",
        "appId",
        "admin",
        "otpChannel",
        List.of("email"),
        "useridtype",
        "USERID",
        "context",
        "auth-otp");
    sendFails(
        200,
        "KER-ATH-401 Multiple channels are not supported for this application ",
        "appId",
        "prereg",
        "otpChannel",
        List.of("email", "phone"),
        "useridtype",
        "USERID",
        "context",
        "auth-otp",
        "userId",
        USER);
    sendFails(
        500,
        "500 ",
        "appId",
        "admin",
        "otpChannel",
        List.of("fax"),
        "useridtype",
        "USERID",
        "context",
        "auth-otp",
        "userId",
        USER);
    sendFails(
        200,
        "KER-ATH-003 User Detail doesn't exist",
        "appId",
        "admin",
        "otpChannel",
        List.of("email"),
        "useridtype",
        "USERID",
        "context",
        "auth-otp",
        "userId",
        "M000000");
    sendFails(
        200,
        "KER-SOT-001 Phone No not registered",
        "appId",
        "admin",
        "otpChannel",
        List.of("phone"),
        "useridtype",
        "USERID",
        "context",
        "auth-otp",
        "userId",
        "M392381");
    sendFails(
        200,
        "KER-ATH-436  Template is missing for language engwith context other-",
        "appId",
        "admin",
        "otpChannel",
        List.of("email"),
        "useridtype",
        "USERID",
        "context",
        "other",
        "userId",
        USER);
  }

  @Test
  void whatBecameOfASendIsToldByChannel() {
    isAnswer(
        client.sendOtp("admin", "USERID", USER, "email"), "success", "Email Request submitted");
    isAnswer(client.sendOtp("admin", "USERID", USER, "mobile"), "success", "Sms Request Sent");
    isAnswer(
        client.sendOtp("admin", "USERID", USER, "phone", "email"),
        "success",
        "OTP message sent across all the channels");
  }

  @Test
  void aCodeIsJudgedByStatus() {
    client.sendOtp("admin", "USERID", USER, "email");
    String code = client.code(MAIL);
    assertThat(client.userOtp(USER, code, "").errors())
        .containsExactly("KER-ATH-019 request.appId must not be blank");
    isAnswer(client.userOtp(USER, wrong(code), "admin"), "failure", "VALIDATION_UNSUCCESSFUL");
    Reply right = client.userOtp(USER, code, "admin");
    isAnswer(right, "success", "VALIDATION_SUCCESSFUL");
    assertThat(right.cookie().orElseThrow()).startsWith("Mosip-Token");
    client.sendOtp("admin", "USERID", USER, "email");
    clock.move(Duration.ofMinutes(3));
    isAnswer(client.userOtp(USER, client.code(MAIL), "admin"), "failure", "OTP_EXPIRED");
    client.sendOtp("admin", "USERID", USER, "email");
    String third = client.code(MAIL);
    client.userOtp(USER, wrong(third), "admin");
    client.userOtp(USER, wrong(third), "admin");
    isAnswer(client.userOtp(USER, wrong(third), "admin"), "failure", "USER_BLOCKED");
    isAnswer(client.userOtp(USER, third, "admin"), "failure", "USER_BLOCKED");
    isAnswer(client.sendOtp("admin", "USERID", USER, "email"), "failure", "USER_BLOCKED");
  }

  @Test
  void aTokenIsToldWithItsPrefixOnly() {
    String token = client.clientToken();
    Reply reply = client.send(call("POST", "/v1/authmanager/authorize/validateToken").token(token));
    assertThat(reply.told("userId")).isEqualTo("D72HJDF8");
    assertThat(reply.told("role")).isEqualTo("REGISTRATION_PROCESSOR,ID_AUTHENTICATION,AUTH");
    String bare = token.substring("Mosip-Token".length());
    assertThat(
            client
                .send(call("POST", "/v1/authmanager/authorize/validateToken").token(bare))
                .errors()
                .getFirst())
        .startsWith("KER-ATH-401 ");
    assertThat(client.generate(token, "9820173642").errors()).isEmpty();
    clock.move(Duration.ofMinutes(100));
    assertThat(
            client
                .send(call("POST", "/v1/authmanager/authorize/validateToken").token(token))
                .errors())
        .containsExactly("KER-ATH-402 Token expired");
  }
}
