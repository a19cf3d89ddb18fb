package io.watchword.server.couriers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier.Failed;
import io.watchword.core.delivery.Courier.Fault;
import io.watchword.core.delivery.Courier.Outcome;
import io.watchword.core.delivery.Courier.Taken;
import io.watchword.core.delivery.Courier.Unsure;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.SmsGatewaySettings.Format;
import io.watchword.testkit.sms.SmsGateway;
import io.watchword.testkit.sms.SmsGateway.Answer;
import io.watchword.testkit.sms.SmsGateway.Request;
import io.watchword.testkit.smtp.BrokenServer;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SmsGatewayCourierTest {

  private static final CourierLimits SHORT =
      new CourierLimits(
          Duration.ofMillis(300), Duration.ofMillis(700), Duration.ofMillis(1_500), 2, 64);
  private static final String NASTY =
      "رمز \"1\" \\ $to ${text} &x=1 <b>'é'</b> 100% a+b\nsecond line\t#?";
  private static final String JSON_BODY = "{\"to\":\"$to\",\"text\":\"$text\"}";

  private final SmsGateway gateway = SmsGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static SmsGatewaySettings settings(
      String method, String url, Format format, String body, SmsAnswer answer) {
    return new SmsGatewaySettings(
        "sms-1",
        method,
        url,
        Map.of("X-Api-Key", "key-$$-1", "X-To", "$to"),
        format,
        body,
        answer,
        Optional.empty(),
        false);
  }

  private Outcome carry(String method, String path, Format format, String body, String text) {
    return carry(settings(method, gateway.at("") + path, format, body, SmsAnswer.STANDARD), text);
  }

  private static Outcome carry(SmsGatewaySettings settings, String text) {
    try (var courier = new SmsGatewayCourier(settings, SHORT)) {
      return courier.carry(new Letter(Channel.PHONE, "+91 (876) 374-0607", "", text));
    }
  }

  private Outcome carryJson(SmsAnswer rules) {
    return carry(
        settings("POST", gateway.at("/send").toString(), Format.JSON, JSON_BODY, rules), "text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "12",
        "+",
        "1234567890123456",
        "8763740607\r\nX: y",
        "876374060\",\"x\":\"",
        "876&to=12345",
        "٨٧٦٣٧٤٠٦٠٧"
      })
  @DisplayName("what is no phone number is refused before any request")
  void badNumber(String number) {
    var settings =
        settings(
            "POST", gateway.at("/send").toString(), Format.JSON, JSON_BODY, SmsAnswer.STANDARD);
    try (var courier = new SmsGatewayCourier(settings, SHORT)) {
      assertThat(courier.carry(new Letter(Channel.PHONE, number, "", "t")))
          .isEqualTo(new Failed(Fault.LETTER, "not a phone number"));
    }
    assertThat(gateway.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT"})
  @DisplayName("a text that the gateway took without an answer is not sent there again")
  void cut(String method) {
    try (var courier =
        new SmsGatewayCourier(
            settings(
                method, gateway.at("/send?$text").toString(), Format.FORM, "", SmsAnswer.STANDARD),
            SHORT)) {
      var letter = new Letter(Channel.PHONE, "8763740607", "", "t");
      assertThat(courier.carry(letter)).isInstanceOf(Taken.class);
      gateway.behave(new SmsGateway.Cut());
      for (int i = 0; i < 2; i++) { // over the connection that stands, and over a new one
        assertThat(courier.carry(letter)).isInstanceOf(Unsure.class);
      }
      assertThat(gateway.requests()).hasSize(3);
    }
  }

  @Test
  @DisplayName("a text in JSON stays one string, whatever it holds")
  void json() {
    assertThat(carry("POST", "/send", Format.JSON, JSON_BODY, NASTY))
        .isEqualTo(new Taken("sms-1", ""));
    Request request = gateway.requests().getFirst();
    JsonNode body = JsonMapper.shared().readTree(request.body());
    assertThat(body.size()).isEqualTo(2);
    assertThat(body.get("to").asString()).isEqualTo("+918763740607");
    assertThat(body.get("text").asString()).isEqualTo(NASTY);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/send");
    assertThat(request.headers())
        .containsEntry("Content-type", "application/json")
        .containsEntry("X-api-key", "key-$$-1")
        .containsEntry("X-to", "+918763740607");
  }

  @Test
  @DisplayName("a text in a form stays one field, whatever it holds")
  void form() {
    assertThat(carry("PUT", "/send", Format.FORM, "to=$to&text=${text}&from=W", NASTY))
        .isInstanceOf(Taken.class);
    Request request = gateway.requests().getFirst();
    String[] fields = request.body().split("&", -1);
    assertThat(fields).hasSize(3);
    assertThat(fields[0]).isEqualTo("to=%2B918763740607");
    assertThat(URLDecoder.decode(fields[1].substring("text=".length()), UTF_8)).isEqualTo(NASTY);
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.headers())
        .containsEntry("Content-type", "application/x-www-form-urlencoded");
  }

  @Test
  @DisplayName("a text in the address stays one parameter, whatever it holds")
  void query() {
    assertThat(carry("GET", "/send/$to?text=$text&from=W", Format.FORM, "", NASTY))
        .isInstanceOf(Taken.class);
    Request request = gateway.requests().getFirst();
    assertThat(request.target()).startsWith("/send/%2B918763740607?text=").endsWith("&from=W");
    String text = request.target().replaceAll("^.*text=|&from=W$", "");
    assertThat(text).doesNotContain("+").doesNotContain("&");
    assertThat(URLDecoder.decode(text, UTF_8)).isEqualTo(NASTY);
    assertThat(request.headers()).doesNotContainKey("Content-type");
  }

  @Test
  @DisplayName("a text in XML stays text, whatever it holds; plain text goes as it is")
  void xmlAndText() {
    carry("POST", "/x", Format.XML, "<m to='$to'>$text</m>", "<a b=\"c\">&amp;'");
    carry("POST", "/t", Format.TEXT, "$text", NASTY);
    assertThat(gateway.requests().get(0).body())
        .isEqualTo("<m to='+918763740607'>&lt;a b=&quot;c&quot;&gt;&amp;amp;&apos;</m>");
    assertThat(gateway.requests().get(1).body()).isEqualTo(NASTY);
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "500; {\"status\":\"ok\"}; answered 500",
        "302; {\"status\":\"ok\"}; answered 302",
        "200; {\"status\":\"queued\"}; `answered 200, but not as wanted at /status`",
        "200; {\"other\":\"ok\"}; `answered 200, but not as wanted at /status`",
        "200; {\"status\":{\"ok\":1}}; `answered 200, but not as wanted at /status`",
        "200; no JSON with +987654; `answered 200, but not as wanted at /status`",
        "200; ``; `answered 200, but not as wanted at /status`",
      })
  void refusals(int status, String body, String reason) {
    gateway.behave(Answer.json(status, body));
    var rules =
        new SmsAnswer(
            Set.of(200),
            Optional.of("/status"),
            Optional.of("ok"),
            Optional.empty(),
            Optional.empty());
    assertThat(carryJson(rules))
        .isEqualTo(new Failed(status == 500 ? Fault.PROVIDER : Fault.LETTER, reason));
  }

  @Test
  @DisplayName("the JSON pointer finds strings, numbers and booleans; the reference comes along")
  void pointer() {
    gateway.behave(Answer.json(201, "{\"r\":[{\"code\":0,\"ok\":true,\"id\":\"m-\\r\\n7\"}]}"));
    assertThat(carryJson(pointerRules("/r/0/code", "0", "/r/0/id")))
        .isEqualTo(new Taken("sms-1", "m-7"));
    assertThat(carryJson(pointerRules("/r/0/ok", "true", "/r/0/nothing")))
        .isEqualTo(new Taken("sms-1", ""));
    assertThat(carryJson(pointerRules("/r/0/ok", "false", "/r/0/id"))).isInstanceOf(Failed.class);
  }

  private static SmsAnswer pointerRules(String pointer, String value, String reference) {
    return new SmsAnswer(
        Set.of(200, 201),
        Optional.of(pointer),
        Optional.of(value),
        Optional.empty(),
        Optional.of(reference));
  }

  @Test
  @DisplayName("a pattern must be found in the body; its group may give the reference")
  void pattern() {
    var rules =
        new SmsAnswer(
            Set.of(200),
            Optional.empty(),
            Optional.empty(),
            Optional.of("^OK:"),
            Optional.of("^OK:\\s*(\\d+)"));
    gateway.behave(new Answer(200, "text/plain", "ERR 12"));
    assertThat(carryJson(rules))
        .isEqualTo(new Failed(Fault.LETTER, "answered 200, but not matching the pattern"));
    gateway.behave(new Answer(200, "text/plain", "OK: 77"));
    assertThat(carryJson(rules)).isEqualTo(new Taken("sms-1", "77"));
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  @DisplayName("a proxy that lost its gateway cannot tell whether the text was taken")
  void lostBehindProxy(int status) {
    gateway.behave(Answer.json(status, ""));
    assertThat(carryJson(SmsAnswer.STANDARD)).isEqualTo(new Unsure("sms-1", "answered " + status));
  }

  @Test
  @DisplayName("$digits is the number without its plus")
  void digits() {
    carry("POST", "/send", Format.TEXT, "$to/$digits/$text", "t");
    assertThat(gateway.requests().getFirst().body()).isEqualTo("+918763740607/918763740607/t");
  }

  @Test
  @DisplayName("an answer that is too large is no success")
  void tooLarge() {
    gateway.behave(new Answer(200, "text/plain", "x".repeat(70_000)));
    assertThat(carryJson(SmsAnswer.STANDARD))
        .isEqualTo(new Unsure("sms-1", "connection broken or answer too large"));
  }

  @Test
  @DisplayName("a gateway that hangs or trickles its answer ends with the total time limit")
  void slow() {
    for (SmsGateway.Behaviour behaviour :
        new SmsGateway.Behaviour[] {
          new SmsGateway.Hang(), new SmsGateway.Trickle(Duration.ofMillis(30))
        }) {
      gateway.behave(behaviour);
      assertEndsInTime(
          settings(
              "POST", gateway.at("/send").toString(), Format.JSON, JSON_BODY, SmsAnswer.STANDARD));
    }
    try (var broken = BrokenServer.trickling("HTTP/1.1 200 OK\r\nX: ", Duration.ofMillis(30))) {
      assertEndsInTime(
          settings(
              "POST",
              "http://127.0.0.1:" + broken.port(),
              Format.JSON,
              JSON_BODY,
              SmsAnswer.STANDARD));
    }
  }

  private static void assertEndsInTime(SmsGatewaySettings settings) {
    long start = System.nanoTime();
    assertThat(carry(settings, "t")).isEqualTo(new Unsure("sms-1", "no answer within 700 ms"));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(650), Duration.ofMillis(1_600));
  }

  @Test
  @DisplayName("a gateway where nobody listens fails")
  void nobodyListens() {
    String url = gateway.at("/send").toString();
    gateway.close();
    assertThat(carry(settings("POST", url, Format.JSON, JSON_BODY, SmsAnswer.STANDARD), "t"))
        .isEqualTo(new Failed("no connection"));
  }

  @Test
  @DisplayName("settings with problems make no courier, and all problems are named")
  void problems() {
    var settings =
        new SmsGatewaySettings(
            "sms",
            "DELETE",
            "http://$to.example.test/",
            Map.of("Host", "x", "X Y", "a", "X-A", "a\r\nb", "X-B", "key $text"),
            Format.JSON,
            "{\"a\":\"$x\"}",
            new SmsAnswer(
                Set.of(),
                Optional.of("status"),
                Optional.empty(),
                Optional.of("("),
                Optional.of("no group")),
            Optional.empty(),
            false);
    assertThat(settings.problems())
        .anyMatch(p -> p.contains(".method: "))
        .anyMatch(p -> p.contains(".url: no variable may stand in the host"))
        .anyMatch(p -> p.contains(".url: http sends codes in clear"))
        .anyMatch(p -> p.contains(".body: unknown variable $x"))
        .anyMatch(p -> p.contains(".headers.Host: is set by the server"))
        .anyMatch(p -> p.contains(".headers: not a header name"))
        .anyMatch(p -> p.contains(".headers.X-A: printable ASCII only"))
        .anyMatch(p -> p.contains(".headers.X-B: unknown variable $text"))
        .anyMatch(p -> p.contains(".answer.statuses: "))
        .anyMatch(p -> p.contains(".answer: pointer and value"))
        .anyMatch(p -> p.contains(".answer.pointer: "))
        .anyMatch(p -> p.contains(".answer.pattern: "))
        .anyMatch(p -> p.contains(".answer.reference: "))
        .anyMatch(p -> p.contains("neither url nor body holds $text"))
        .hasSize(14)
        .noneMatch(p -> p.contains("key"));
    assertThat(settings.toString()).doesNotContain("key");
    assertThatIllegalArgumentException().isThrownBy(() -> new SmsGatewayCourier(settings, SHORT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a.test/$text",
        "https:///$text",
        "https://u:p@a.test/$text",
        "a b $text",
        "/$text"
      })
  @DisplayName("an address that is not plain http or https with a host is refused")
  void badUrl(String url) {
    assertThat(settings("POST", url, Format.JSON, JSON_BODY, SmsAnswer.STANDARD).problems())
        .hasSize(1);
  }
}
