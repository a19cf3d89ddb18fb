package io.watchword.server.authmanager;

import static io.watchword.server.KernelClient.call;
import static io.watchword.server.KernelClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.KernelClient;
import io.watchword.server.KernelClient.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Contract kernel A.7, from release 1.0.8 on, and A.10. */
class InternalCallsTest {

  private static final String PASSWORD = "/v1/authmanager/authenticate/internal/useridPwd";
  private static final String CODE = "/v1/authmanager/authenticate/internal/userotp";
  private static final String USER = "M392380";

  @TempDir static Path data;
  private static DemoServer demo;
  private static KernelClient client;

  @BeforeAll
  static void start() {
    demo = DemoServer.in(data);
    client = new KernelClient(demo);
  }

  @AfterAll
  static void stop() {
    client.close();
    demo.close();
  }

  private static String secret() {
    return client.credentials().get("kernelClient").get("secretKey").stringValue();
  }

  private static String password() {
    for (JsonNode user : client.credentials().get("demoUsers")) {
      if (USER.equals(user.path("userId").stringValue(""))) {
        return user.get("password").stringValue();
      }
    }
    throw new AssertionError("no such user");
  }

  private static Reply logIn(String password, String secret) {
    return client.send(
        post(
            PASSWORD,
            "userName",
            USER,
            "password",
            password,
            "appId",
            "regproc",
            "clientId",
            "D72HJDF8",
            "clientSecret",
            secret));
  }

  private static Reply refresh(String path, String cookie, String secret) {
    return client.send(
        call("POST", "/v1/authmanager/authorize" + path)
            .header("Content-Type", "application/json")
            .header("Cookie", "refresh_token=" + cookie)
            .text("{\"clientID\":\"D72HJDF8\",\"clientSecret\":\"" + secret + "\"}"));
  }

  @Test
  void nobodyGetsTokensWithoutBothSecrets() {
    assertThat(logIn("not this one", secret()).errors())
        .containsExactly("AUTH_ERR_INVALIDCREDENTIALS The passed in credentials is not correct");
    assertThat(logIn(password(), "not this one").errors())
        .containsExactly(
            "AUTH_ERR_INVALIDCLIENTIDCREDENTIALS The passed in credentials is not correct");
  }

  @Test
  void aTokenToRenewWithOpensNothingElse() {
    Reply reply = logIn(password(), secret());
    assertThat(reply.json().get("response").propertyNames())
        .containsExactlyInAnyOrder(
            "token",
            "message",
            "refreshToken",
            "expiryTime",
            "userId",
            "status",
            "refreshExpiryTime");
    assertThat(reply.header("set-cookie")).isEmpty();
    assertThat(reply.told("userId")).isEqualTo(USER);
    assertThat(reply.told("expiryTime")).isEqualTo("6000");
    String renewing = reply.told("refreshToken");
    assertThat(client.generate(reply.told("token"), "9820173642").errors()).isEmpty();
    assertThat(client.generate(renewing, "9820173642").status()).isEqualTo(401);
    assertThat(refresh("/refreshToken/regproc", reply.told("token"), secret()).status())
        .isEqualTo(500);
    assertThat(refresh("/refreshToken/regproc", renewing, "not this one").status()).isEqualTo(500);
    assertThat(refresh("/refreshToken/admin", renewing, secret()).status()).isEqualTo(500);
    assertThat(refresh("/refreshToken/nowhere", renewing, secret()).errors())
        .containsExactly("KER-ATH-026 Realm not found:: nowhere");
    Reply renewed = refresh("/refreshToken/regproc", renewing, secret());
    assertThat(renewed.told("status")).isEqualTo("SUCCESS");
    assertThat(renewed.headers().get("set-cookie"))
        .hasSize(2)
        .anyMatch(cookie -> cookie.startsWith("Authorization="))
        .anyMatch(cookie -> cookie.startsWith("refresh_token=") && cookie.contains("HttpOnly"));
    Reply inBody = refresh("/internal/refreshToken/regproc", renewing, secret());
    String token = inBody.told("token");
    assertThat(client.generate(token, "9820173642").errors()).isEmpty();
    assertThat(
            client.send(call("DELETE", "/v1/authmanager/logout/user").token(token)).told("status"))
        .isEqualTo("Success");
    assertThat(refresh("/internal/refreshToken/regproc", renewing, secret()).status())
        .isEqualTo(500);
  }

  @Test
  void aCodeGivesTheSameTokensInTheBody() {
    client.sendOtp("admin", "USERID", "M392381", "email");
    String code = client.code("m392381@demo.example");
    assertThat(
            client
                .send(
                    post(
                        CODE,
                        "userId",
                        "M392381",
                        "otp",
                        KernelClient.wrong(code),
                        "appId",
                        "admin"))
                .errors())
        .containsExactly("AUTH_ERR_INVALIDOTP The passed in OTP is invalid");
    Reply reply = client.send(post(CODE, "userId", "M392381", "otp", code, "appId", "admin"));
    assertThat(reply.told("status")).isEqualTo("success");
    assertThat(reply.header("set-cookie")).isEmpty();
    assertThat(client.generate(reply.told("token"), "9820173642").errors()).isEmpty();
  }

  @Test
  void whoHasAnAccountIsToldToThoseAloneWhoHaveTheRole() {
    String path = "/v1/authmanager/userdetails/admin";
    assertThat(client.send(post(path, "userDetails", List.of(USER))).status()).isEqualTo(401);
    client.sendOtp("preregistration", "USERID", "plain@demo.example", "email");
    String plain =
        client
            .userOtp("plain@demo.example", client.code("plain@demo.example"), "preregistration")
            .cookie()
            .orElseThrow();
    assertThat(client.send(post(path, "userDetails", List.of(USER)).token(plain)).status())
        .isEqualTo(403);
    String token = client.clientToken();
    JsonNode users =
        client
            .send(post(path, "userDetails", List.of(USER, "M000000")).token(token))
            .json()
            .at("/response/mosipUserDtoList");
    assertThat(users.size()).isEqualTo(1);
    assertThat(users.get(0).get("mail").stringValue()).isEqualTo("m392380@demo.example");
    assertThat(users.get(0).get("userPassword").isNull()).isTrue();
    Reply found =
        client.send(call("GET", path + "?roleName=REGISTRATION_OFFICER&search=m39").token(token));
    assertThat(found.json().at("/response/mosipUserDtoList/0/userId").stringValue())
        .isEqualTo(USER);
    assertThat(found.told("totalCount")).isEqualTo("1");
    assertThat(client.send(call("GET", path + "?pageFetch=x").token(token)).errors())
        .containsExactly("KER-ATH-019 pageFetch must be a number");
    var names = new ArrayList<String>();
    client
        .send(call("GET", "/v1/authmanager/roles/admin").token(token))
        .json()
        .at("/response/roles")
        .forEach(role -> names.add(role.get("roleName").stringValue()));
    assertThat(names).contains("INDIVIDUAL", "REGISTRATION_OFFICER");
    assertThat(client.send(call("GET", "/v1/authmanager/roles/nowhere").token(token)).errors())
        .containsExactly("KER-ATH-026 Realm not found:: nowhere");
  }
}
