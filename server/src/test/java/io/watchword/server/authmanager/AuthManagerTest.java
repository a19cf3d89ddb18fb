package io.watchword.server.authmanager;

import static io.watchword.server.KernelClient.call;
import static io.watchword.server.KernelClient.post;
import static io.watchword.server.KernelClient.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.KernelClient;
import io.watchword.server.KernelClient.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Contract kernel A in dialect seed, over HTTP. */
class AuthManagerTest {

  private static final String SEND = "/v1/authmanager/authenticate/sendotp";
  private static final String GIVE = "/v1/authmanager/authenticate/useridOTP";
  private static final String PASSWORD = "/v1/authmanager/authenticate/useridPwd";
  private static final String SECRET = "/v1/authmanager/authenticate/clientidsecretkey";
  private static final String USER = "M392380";
  private static final String MAIL = "m392380@demo.example";

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

  private static void isError(Reply reply, String id, String error) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.errors()).containsExactly(error);
    assertThat(reply.json().propertyNames())
        .containsExactlyInAnyOrder("id", "ver", "version", "responsetime", "errors");
    assertThat(reply.json().get("id").stringValue()).isEqualTo(id);
    assertThat(reply.json().get("ver").stringValue()).isEqualTo("1.0");
    assertThat(reply.header("set-cookie")).isEmpty();
    assertThat(reply.header("authorization")).isEmpty();
  }

  private static void isSuccess(Reply reply, String id, String status, String message) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().propertyNames())
        .containsExactlyInAnyOrder("id", "ver", "version", "responsetime", "response");
    assertThat(reply.json().get("id").stringValue()).isEqualTo(id);
    assertThat(reply.told("status")).isEqualTo(status);
    assertThat(reply.told("message")).isEqualTo(message);
    assertThat(reply.json().get("response").propertyNames())
        .containsExactlyInAnyOrder("status", "message");
  }

  private static void sendFails(Reply reply, String error) {
    isError(reply, "mosip.authentication.sendotp", error);
  }

  @Test
  void anotherMediaTypeIsNotReadAndAnUnknownPathOrMethodIsTold() {
    assertThat(client.send(call("POST", SEND).header("Content-Type", "text/plain").text("{}")))
        .extracting(Reply::status)
        .isEqualTo(415);
    assertThat(client.send(call("POST", "/v1/authmanager/authenticate/other")).status())
        .isEqualTo(404);
    assertThat(client.send(call("GET", SEND)).status()).isEqualTo(405);
  }

  @Test
  void whatIsNoEnvelopeIsToldInOne() {
    for (String body : List.of("", "nonsense", "[]", "{\"request\":")) {
      Reply reply =
          client.send(call("POST", SEND).header("Content-Type", "application/json").text(body));
      sendFails(reply, "KER-ATH-019 the body is not a JSON object");
    }
    sendFails(
        client.send(call("POST", SEND).header("Content-Type", "application/json").text("{}")),
        "KER-ATH-019 request must not be null");
    assertThat(
            client
                .send(
                    call("POST", SEND)
                        .header("Content-Type", "application/json")
                        .text("{\"requesttime\":\"2019-04-29T07:01:24+05:30\",\"request\":{}}"))
                .errors()
                .getFirst())
        .startsWith("KER-ATH-019 requesttime");
  }

  @Test
  void membersThatAreMissingAreToldOneByOne() {
    sendFails(client.send(post(SEND)), "KER-ATH-401 Invalid User id ");
    sendFails(client.send(post(SEND, "userid", USER)), "KER-ATH-026 Realm not found:: null");
    sendFails(
        client.send(post(SEND, "userid", USER, "appid", "elsewhere")),
        "KER-ATH-026 Realm not found:: elsewhere");
    sendFails(
        client.send(post(SEND, "userid", USER, "appid", "admin", "useridtype", "uin")),
        "401 Invalid User Id type");
    sendFails(
        client.send(post(SEND, "userid", USER, "appid", "admin", "useridtype", "USERID")),
        "KER-AUTH-CHANNEL_INVALID The passed channel is invalid.");
  }

  @Test
  void theErrorsOfTheSourceDocumentAreThereToTheLetter() {
    for (String[] channels : new String[][] {{}, {"fax"}, {"email", "pigeon"}}) {
      sendFails(
          client.sendOtp("admin", "USERID", USER, channels),
          "KER-AUTH-CHANNEL_INVALID The passed channel is invalid.");
    }
    sendFails(
        client.sendOtp("preregistration", "USERID", USER, "email", "phone"),
        "AUTH_ERR_MULTIPLE_CHANNELS Multiple channels are not supported in your module.");
    sendFails(
        client.sendOtp("prereg", "USERID", USER, "email", "phone"),
        "AUTH_ERR_MULTIPLE_CHANNELS Multiple channels are not supported in your module.");
    for (String nobody : List.of("M000000", "a\nb", "x".repeat(5_000), "m392380")) {
      sendFails(
          client.sendOtp("admin", "USERID", nobody, "email"),
          "AUTH_ERR_USER_NOT_FOUND The passed in user is not found");
    }
    sendFails(
        client.sendOtp("admin", "USERID", "M392381", "phone"),
        "AUTH_ERR_CHANNELPATH_NOT_FOUND The passed in user is not found");
    sendFails(
        client.sendOtp("admin", "USERID", "M392381", "phone", "email"),
        "AUTH_ERR_CHANNELPATH_NOT_FOUND The passed in user is not found");
  }

  @Test
  void anApplicationFindsItsUsersInItsOwnPlacesOnly() {
    sendFails(
        client.sendOtp("admin", "UIN", "2047631038", "email"),
        "AUTH_ERR_USER_NOT_FOUND The passed in user is not found");
    isSuccess(
        client.sendOtp("ida", "UIN", "2047631038", "email"),
        "mosip.authentication.sendotp",
        "success",
        "OTP had been sent successfully");
  }

  @Test
  void variablesCannotCarryLinksOrLineBreaks() {
    for (String text :
        List.of("see https://evil.example", "www.evil", "evil.example/x", "a\nb", "a@evil")) {
      assertThat(
              client
                  .send(
                      post(
                          SEND,
                          "userid",
                          USER,
                          "otpchannel",
                          "email",
                          "useridtype",
                          "USERID",
                          "appid",
                          "admin",
                          "templateVariables",
                          Map.of("name", text)))
                  .errors())
          .as(text)
          .singleElement()
          .asString()
          .startsWith("KER-ATH-019 request.templateVariables.name");
    }
  }

  @Test
  void aCodeThatIsWrongOrForNobodyGivesNoToken() {
    String user = "wrong-code@demo.example";
    isError(
        client.userOtp("M000000", "123456", "admin"),
        "mosip.authentication.useridOTP",
        "KER-ATH-003 User Detail doesn't exist");
    isError(
        client.send(post(GIVE, "userid", user)),
        "mosip.authentication.useridOTP",
        "KER-ATH-019 request.otp must not be blank");
    client.sendOtp("preregistration", "USERID", user, "email");
    String code = client.code(user);
    isError(
        client.userOtp(user, wrong(code), "preregistration"),
        "mosip.authentication.useridOTP",
        "AUTH_ERR_INVALIDOTP The passed in OTP is invalid");
    isError(
        client.userOtp(user, "abcdef", "preregistration"),
        "mosip.authentication.useridOTP",
        "AUTH_ERR_INVALIDOTP The passed in OTP is invalid");
    Reply blocked = client.userOtp(user, wrong(code), "preregistration");
    assertThat(blocked.told("message")).isEqualTo("USER_BLOCKED");
    assertThat(client.userOtp(user, code, "preregistration").told("message"))
        .isEqualTo("USER_BLOCKED");
    sendFails(
        client.sendOtp("preregistration", "USERID", user, "email"),
        "KER-SOT-008 Not able to Generate OTP for a frozen Account/locked UIN");
  }

  @Test
  void aRightCodeGivesOneTokenByHeaderAndCookieAndNeverAnother() {
    isSuccess(
        client.sendOtp("admin", "USERID", USER, "email", "phone"),
        "mosip.authentication.sendotp",
        "success",
        "OTP had been sent successfully");
    String code = client.code(MAIL);
    assertThat(client.code("9000000200")).isEqualTo(code);
    Reply reply = client.userOtp(USER, code, "admin");
    isSuccess(reply, "mosip.authentication.useridOTP", "success", "OTP validation is successfull");
    assertThat(reply.cookie()).isEqualTo(reply.header("authorization"));
    assertThat(reply.header("set-cookie").orElseThrow())
        .contains("Max-Age=6000", "Path=/", "HttpOnly", "SameSite=Strict");
    isError(
        client.userOtp(USER, code, "admin"),
        "mosip.authentication.useridOTP",
        "KER-OTV-005 Validation can't be performed against this key. Generate OTP first.");
    assertThat(client.generate(reply.cookie().orElseThrow(), "9820173642").told("status"))
        .isEqualTo("GENERATION_SUCCESSFUL");
  }

  @Test
  void bothSpellingsOfMembersAndNoApplicationAtAllWillDo() {
    String mail = "spelling@demo.example";
    assertThat(
            client
                .send(
                    post(
                        SEND,
                        "userId",
                        mail,
                        "otpChannel",
                        List.of("EMAIL"),
                        "useridtype",
                        "USERID",
                        "appId",
                        "preregistration"))
                .errors())
        .isEmpty();
    Reply reply =
        client.send(post(GIVE, "userId", mail, "otp", client.code(mail), "appId", "prereg"));
    assertThat(reply.errors()).isEmpty();
    assertThat(reply.cookie()).isPresent();
    client.sendOtp("admin", "USERID", "M392381", "email");
    Reply nameless =
        client.send(post(GIVE, "userid", "M392381", "otp", client.code("m392381@demo.example")));
    assertThat(nameless.errors()).isEmpty();
    assertThat(nameless.cookie()).isPresent();
  }

  @Test
  void aPasswordThatIsWrongOrNobodysIsAnsweredAlike() {
    for (String name : List.of(USER, "M000000", "2047631038")) {
      isError(
          client.send(
              post(PASSWORD, "username", name, "password", "not this one", "appid", "admin")),
          "mosip.authentication.useridPwd",
          "AUTH_ERR_INVALIDCREDENTIALS The passed in credentials is not correct");
    }
    isError(
        client.send(
            post(PASSWORD, "username", USER, "password", "not this one", "appid", "nowhere")),
        "mosip.authentication.useridPwd",
        "AUTH_ERR_INVALIDAPPID The passed in application ID is not correct");
  }

  @Test
  void aRightPasswordGivesAToken() {
    String password = "";
    for (JsonNode user : client.credentials().get("demoUsers")) {
      if (USER.equals(user.path("userId").stringValue(""))) {
        password = user.get("password").stringValue();
      }
    }
    Reply reply =
        client.send(post(PASSWORD, "username", USER, "password", password, "appid", "admin"));
    isSuccess(
        reply,
        "mosip.authentication.useridPwd",
        "success",
        "Username and password combination had been validated successfully");
    assertThat(reply.cookie()).isPresent().isEqualTo(reply.header("authorization"));
  }

  @Test
  void aSecretThatIsWrongOrNobodysIsAnsweredAlike() {
    String secret = client.credentials().get("kernelClient").get("secretKey").stringValue();
    for (String[] pair :
        new String[][] {
          {"D72HJDF8", "wrong"}, {"d72hjdf8", secret}, {"nobody", secret}, {"x\0y", "z"}
        }) {
      isError(
          client.send(post(SECRET, "clientid", pair[0], "secretkey", pair[1])),
          "mosip.authentication.clientidsecretkey",
          "AUTH_ERR_INVALIDCLIENTIDCREDENTIALS The passed in credentials is not correct");
    }
    isError(
        client.send(post(SECRET, "clientid", "D72HJDF8", "secretkey", secret, "appId", "nowhere")),
        "mosip.authentication.clientidsecretkey",
        "KER-ATH-026 Realm not found:: nowhere");
  }

  @Test
  void aRightSecretGivesAToken() {
    JsonNode known = client.credentials().get("kernelClient");
    Reply reply =
        client.send(
            post(
                SECRET,
                "clientId",
                known.get("clientId").stringValue(),
                "secretKey",
                known.get("secretKey").stringValue(),
                "appId",
                "regproc"));
    isSuccess(
        reply,
        "mosip.authentication.clientidsecretkey",
        "success",
        "Clientid and Token combination had been validated successfully");
    assertThat(reply.cookie()).isPresent().isEqualTo(reply.header("authorization"));
  }
}
