package io.watchword.server.authmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.delivery.Channel;
import io.watchword.server.DemoServer;
import io.watchword.server.KernelClient;
import io.watchword.server.KernelClient.Reply;
import io.watchword.server.RelyingParty;
import io.watchword.server.accounts.ApplicationLine;
import io.watchword.testkit.sms.SmsGateway;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What operators may say about codes that are sent, through the running server. */
class SendPolicyTest {

  private static final String USER = "M392380";
  private static final String MAIL = "m392380@demo.example";
  private static final String SMS_OFF =
      "KER-SOT-004 SMS could not be triggered as it is not a configured channel for notification";
  private static final String NOT_SENT = "KER-SOT-007 Could not generate/send OTP";

  @TempDir Path folder;

  private DemoServer demo(Map<String, String> settings) {
    return DemoServer.in(folder.resolve("data"), settings, Clock.systemUTC());
  }

  private static void application(DemoServer demo, String json) throws Exception {
    demo.server()
        .platform()
        .administration()
        .applications()
        .put("test", Json.mapper().readValue(json, ApplicationLine.class));
    demo.server().platform().refresh();
  }

  private static String metrics(DemoServer demo) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(demo.url() + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static Reply send(KernelClient client, String family, Object... more) {
    Object[] members =
        Stream.concat(
                Stream.of(
                    "userid",
                    USER,
                    "otpchannel",
                    List.of("email"),
                    "useridtype",
                    "USERID",
                    "appid",
                    "shop",
                    "context",
                    family),
                Stream.of(more))
            .toArray();
    return client.send(KernelClient.post("/v1/authmanager/authenticate/sendotp", members));
  }

  @Test
  @DisplayName("a stopped channel carries no letter at any door until it is started again")
  void stoppedChannel() throws Exception {
    try (DemoServer demo = demo(Map.of());
        KernelClient client = new KernelClient(demo);
        RelyingParty party = RelyingParty.of(demo)) {
      var stops = demo.server().platform().channelStops();
      JsonNode person = demo.people("plain").getFirst();
      String uin = person.get("uin").stringValue();

      stops.stop("test", Channel.PHONE);
      assertThat(client.sendOtp("admin", "USERID", USER, "phone").errors())
          .containsExactly(SMS_OFF);
      assertThat(client.sendOtp("admin", "USERID", USER, "phone", "email").errors())
          .containsExactly(SMS_OFF);
      assertThat(client.sendOtp("admin", "USERID", USER, "email").told("status"))
          .isEqualTo("success");
      assertThat(party.send(party.otp(uin, "stopsphone", "phone")).codes())
          .containsExactly("IDA-OTA-002");
      assertThat(party.send(party.otp(uin, "stopsphone", "phone", "email")).codes()).isEmpty();
      assertThat(demo.letters(person.get("phone").stringValue())).isEmpty();
      assertThat(metrics(demo)).contains("couriers_stopped{channel=\"phone\"} 1.0");

      stops.stop("test", Channel.EMAIL);
      assertThat(client.sendOtp("admin", "USERID", USER, "phone", "email").errors())
          .containsExactly(
              "KER-SOT-006 Email and SMS could not be triggered as it is not a configured channel"
                  + " for notification");

      stops.start("test", Channel.PHONE);
      assertThat(client.sendOtp("admin", "USERID", USER, "phone").told("status"))
          .isEqualTo("success");
    }
  }

  @Test
  @DisplayName("an application has its own number of codes an hour, and metrics tell that it bites")
  void sendsPerHour() throws Exception {
    try (DemoServer demo = demo(Map.of());
        KernelClient client = new KernelClient(demo)) {
      application(demo, "{\"id\":\"shop\",\"users\":[\"ACCOUNTS\"],\"sendsPerHour\":2}");
      assertThat(send(client, "auth-otp").told("status")).isEqualTo("success");
      assertThat(send(client, "auth-otp").told("status")).isEqualTo("success");
      assertThat(send(client, "auth-otp").errors()).containsExactly(NOT_SENT);
      assertThat(client.sendOtp("admin", "USERID", USER, "email").told("status"))
          .isEqualTo("success");
      assertThat(metrics(demo))
          .contains("budgets_refused_total{budget=\"caller\",door=\"authmanager\"} 1.0");
    }
  }

  @Test
  @DisplayName("an application that wants a captcha sends no code without one that was solved")
  void captcha() throws Exception {
    try (SmsGateway service = SmsGateway.start();
        DemoServer demo =
            demo(
                Map.of(
                    "doors.kernel.captcha.verify-url", service.at("/siteverify").toString(),
                    "doors.kernel.captcha.secret", "the deployment's secret",
                    "doors.kernel.captcha.timeout", "500ms"));
        KernelClient client = new KernelClient(demo)) {
      application(demo, "{\"id\":\"shop\",\"users\":[\"ACCOUNTS\"],\"captcha\":true}");
      String unsolved = "KER-ATH-401 Captcha is missing or was not solved";
      String unknown = "KER-ATH-501 Captcha could not be verified";

      assertThat(send(client, "auth-otp").errors()).containsExactly(unsolved);
      assertThat(send(client, "auth-otp", "captchaToken", "x".repeat(8_193)).errors())
          .containsExactly(unsolved);
      assertThat(service.requests()).isEmpty();

      service.behave(SmsGateway.Answer.json(200, "{\"success\":false}"));
      assertThat(send(client, "auth-otp", "captchaToken", "a b&secret=x").errors())
          .containsExactly(unsolved);
      assertThat(service.requests().getLast().body())
          .isEqualTo(
              "secret=the+deployment%27s+secret&response=a+b%26secret%3Dx&remoteip=127.0.0.1");

      for (SmsGateway.Behaviour broken :
          List.of(
              SmsGateway.Answer.json(200, "{}"),
              SmsGateway.Answer.json(200, "{\"success\":\"true\"}"),
              SmsGateway.Answer.json(200, "nonsense"),
              SmsGateway.Answer.json(500, "{\"success\":true}"),
              new SmsGateway.Hang())) {
        service.behave(broken);
        assertThat(send(client, "auth-otp", "captchaToken", "solved").errors())
            .as("%s", broken)
            .containsExactly(unknown);
      }
      assertThat(demo.letters(MAIL)).isEmpty();

      service.behave(SmsGateway.Answer.json(200, "{\"success\":true}"));
      assertThat(send(client, "auth-otp", "captchaToken", "solved").told("status"))
          .isEqualTo("success");
      assertThat(client.sendOtp("admin", "USERID", USER, "email").told("status"))
          .isEqualTo("success");
    }
  }

  @Test
  @DisplayName("without a service for captchas, an application that wants one sends no codes")
  void captchaWithoutService() throws Exception {
    try (DemoServer demo = demo(Map.of());
        KernelClient client = new KernelClient(demo)) {
      application(demo, "{\"id\":\"shop\",\"users\":[\"ACCOUNTS\"],\"captcha\":true}");
      assertThat(send(client, "auth-otp", "captchaToken", "solved").errors())
          .containsExactly("KER-ATH-501 Captcha could not be verified");
    }
  }

  @Test
  @DisplayName("a family of letters has texts and variables of its own, and the others their own")
  void families() throws Exception {
    Path letters = folder.resolve("letters");
    Files.createDirectories(letters.resolve("shop-otp"));
    try (Stream<Path> shipped = Files.list(DemoServer.projectFolder().resolve("config/letters"))) {
      for (Path file : shipped.toList()) {
        Files.copy(file, letters.resolve(file.getFileName()));
      }
    }
    Files.writeString(letters.resolve("shop-otp/variables.txt"), "# who sells\nshop\n", UTF_8);
    for (String language : List.of("eng", "ara", "fra")) {
      for (String place : List.of("sms", "mail", "mail-subject")) {
        Files.writeString(
            letters.resolve("shop-otp/otp-%s-%s.txt".formatted(place, language)),
            "$shop in %s: $otp $!other".formatted(language),
            UTF_8);
      }
    }
    try (DemoServer refused = demo(Map.of("letters.folder", letters.toString()))) {
      throw new AssertionError("a variable that is not listed was taken: " + refused.url());
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("shop-otp/otp-sms-eng.txt: unknown variable $other");
    }
    for (String language : List.of("eng", "ara", "fra")) {
      for (String place : List.of("sms", "mail", "mail-subject")) {
        Path file = letters.resolve("shop-otp/otp-%s-%s.txt".formatted(place, language));
        Files.writeString(file, Files.readString(file).replace(" $!other", ""), UTF_8);
      }
    }
    try (DemoServer demo = demo(Map.of("letters.folder", letters.toString()));
        KernelClient client = new KernelClient(demo)) {
      application(
          demo,
          "{\"id\":\"shop\",\"users\":[\"ACCOUNTS\"],\"families\":[\"shop-otp\",\"auth-otp\"]}");
      Map<String, String> variables =
          Map.of("shop", "Corner Store", "other", "not listed", "otp", "000000");
      assertThat(send(client, "shop-otp", "templateVariables", variables).told("status"))
          .isEqualTo("success");
      String text = demo.letters(MAIL).get(0).get("text").stringValue();
      assertThat(text).matches("Corner Store in eng: [0-9]{6}").doesNotContain("000000");

      assertThat(send(client, "auth-otp", "templateVariables", variables).told("status"))
          .isEqualTo("success");
      assertThat(demo.letters(MAIL).get(0).get("text").stringValue())
          .doesNotContain("Corner Store")
          .doesNotContain("not listed");
      assertThat(send(client, "other-otp").errors().getFirst()).startsWith("KER-ATH-436");
    }
  }

  @Test
  @DisplayName("an operator unblocks an account, an individual and a key before their time")
  void unblocked() {
    try (DemoServer demo = demo(Map.of());
        KernelClient client = new KernelClient(demo)) {
      var unblocking = demo.server().platform().administration().unblocking();
      client.sendOtp("admin", "USERID", USER, "email");
      String code = client.code(MAIL);
      for (int i = 0; i < 3; i++) {
        client.userOtp(USER, KernelClient.wrong(code), "admin");
      }
      assertThat(client.userOtp(USER, code, "admin").told("message")).isEqualTo("USER_BLOCKED");
      assertThat(unblocking.account("test", "nobody")).isFalse();
      assertThat(unblocking.account("test", USER)).isTrue();
      assertThat(client.userOtp(USER, code, "admin").errors())
          .as("what was sent before is worth nothing")
          .hasSize(1);
      assertThat(client.sendOtp("admin", "USERID", USER, "email").told("status"))
          .isEqualTo("success");
      assertThat(client.userOtp(USER, client.code(MAIL), "admin").told("status"))
          .isEqualTo("success");

      JsonNode person = demo.people("plain").getFirst();
      String uin = person.get("uin").stringValue();
      client.sendOtp("ida", "UIN", uin, "email");
      code = client.code(person.get("email").stringValue());
      for (int i = 0; i < 3; i++) {
        client.userOtp(uin, KernelClient.wrong(code), "ida");
      }
      assertThat(client.userOtp(uin, code, "ida").told("message")).isEqualTo("USER_BLOCKED");
      assertThat(unblocking.individual("test", uin)).isTrue();
      assertThat(client.sendOtp("ida", "UIN", uin, "email").told("status")).isEqualTo("success");

      String token = client.clientToken();
      String made = client.generate(token, "a-key").told("otp");
      for (int i = 0; i < 3; i++) {
        client.validate(token, "a-key", KernelClient.wrong(made));
      }
      assertThat(client.generate(token, "a-key").told("status")).isEqualTo("USER_BLOCKED");
      unblocking.key("test", "registrationprocessor", "a-key");
      assertThat(client.generate(token, "a-key").told("status")).isEqualTo("GENERATION_SUCCESSFUL");
    }
  }
}
