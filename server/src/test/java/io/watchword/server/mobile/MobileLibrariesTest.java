package io.watchword.server.mobile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.Script;
import io.watchword.server.mobile.Phone.Portal;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The JavaScript library and the Java side: each takes what the other made (contract mobile 3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MobileLibrariesTest {

  private static final String LINK = "https://app.example.com/login";
  private static final UUID SOME = UUID.fromString("3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b");
  private static final byte[] OTP = sequence(0, 16);
  private static final byte[] KEY = sequence(0x20, 32);

  private static final List<String> MESSAGES =
      List.of(
          "Log in to Example Shop?",
          "Spend: 10 \u20ac \u2013 caf\u00e9\n\"now\"",
          "\u062a\u0633\u062c\u064a\u0644 \u0627\u0644\u062f\u062e\u0648\u0644",
          "\ud83d\udc4d\ud83c\udffd and e\u0301",
          "");

  private final List<SignedText> texts = texts();
  private final Map<String, String> started = new LinkedHashMap<>();
  private List<JsonNode> lines = List.of();
  private DemoServer demo;
  private Portal portal;

  private static byte[] sequence(int first, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  /** Each kind, with and without what may be absent, and with every character there may be. */
  private static List<SignedText> texts() {
    String every =
        IntStream.rangeClosed('!', '~')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String hash = SignedText.hash(MESSAGES.get(1));
    return List.of(
        new SignedText.Enroll("https://a.example", "e", "app", "p", "d", "k", every),
        new SignedText.Claim("https://a.example", "t", every, "k", "p", hash, "link", "n"),
        new SignedText.Challenge(
            "s",
            "t",
            "d",
            "k",
            "p",
            "n",
            "c",
            "type",
            "https://o.example",
            hash,
            "choose",
            List.of("17", "42", "83"),
            1767225720),
        new SignedText.Challenge(
            "s", "t", "d", "k", "p", "n", "c", "x".repeat(300), null, hash, "tap", List.of(), 1),
        new SignedText.Answer(
            "s", "t", "d", "k", "p", "c", "type", "o", hash, "accept", "42", null, 1767225720),
        new SignedText.Answer(
            "s", "t", "d", "k", "p", "c", "type", null, hash, "deny", null, "not_me", 1));
  }

  /** The values as the JavaScript library wants them: those of the lines, absent ones left out. */
  private static Map<String, Object> forScript(SignedText text) {
    String[] written = new String(text.bytes(), UTF_8).split("\n");
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 1; i < written.length; i++) {
      int colon = written[i].indexOf(':');
      if (!written[i].substring(colon + 1).equals("-")) {
        values.put(written[i].substring(0, colon), written[i].substring(colon + 1));
      }
    }
    return Map.of("tag", written[0], "values", values);
  }

  private static final byte[] SECRET = sequence(7, 32);

  private static List<String> codes() {
    var fixed = new ScannedCode.Fixed(SOME, OTP);
    String json = new String(Base64.getDecoder().decode(fixed.text()), UTF_8);
    var good = new ArrayList<>(List.of(fixed.text(), fixed.shortText()));
    for (long step : new long[] {0, 1, 59, 0xffffffffL}) {
      good.add(ScannedCode.Frame.of(KEY, SOME, step).text());
    }
    Stream<String> dressed =
        good.stream()
            .flatMap(code ->
                Stream.of(
                    code,
                    " " + code + "\n",
                    LINK + "#" + code,
                    code.replace('-', '+').replace('_', '/'),
                    "https://other.example#" + code,
                    code.substring(1),
                    code + "AAAA"));
    Stream<String> odd =
        Stream.of(
            "",
            "A".repeat(512),
            "A".repeat(513),
            encoded(json.replace("\"otp\"", "\"o\"")),
            encoded(json.replace("}", ",\"more\":1}")),
            encoded(json.replace("}", ",\"otp\":\"AAECAwQFBgcICQoLDA0ODw==\"}")),
            encoded(json.replace(SOME.toString(), "3f2b8c1e")),
            encoded("[" + json + "]"),
            encoded(json + json),
            encoded("{}"));
    return Stream.concat(dressed, odd).toList();
  }

  private static String encoded(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
  }

  @BeforeAll
  void run(@TempDir Path folder) throws Exception {
    String node = Script.needed("node");
    demo =
        DemoServer.in(
            folder.resolve("data"), Map.of("doors.mobile.app-link", LINK), Clock.systemUTC());
    JsonNode credentials = demo.credentials();
    portal =
        new Portal(
            demo,
            credentials.get("portal").get("clientId").stringValue(),
            credentials.get("portal").get("clientSecret").stringValue());
    var person = new Phone(demo, demo.url(), "of-javascript");
    String password = demo.password("M392380");
    person.tokens(Map.of("grant_type", "password", "username", "M392380", "password", password));
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("server", demo.url());
    given.put("app", Phone.APP);
    given.put("device", person.device);
    given.put("profile", person.profile);
    given.put("token", person.token);
    given.put("link", LINK);
    given.put("portal", "Basic " + encoded(portal.id() + ":" + portal.secret()));
    given.put("texts", texts.stream().map(MobileLibrariesTest::forScript).toList());
    given.put("messages", MESSAGES);
    given.put("codes", codes());
    given.put("logins", logins());
    given.put("toSpoil", start("spoiled", Map.of("confirm", "choose")).text("otp"));
    given.put("otherTransaction", SOME.toString());
    Path file = Files.write(folder.resolve("given.json"), Json.write(given));
    Script.Finished finished =
        Script.run(
            DemoServer.projectFolder().resolve("server/src/test/javascript"),
            120,
            node,
            "libraries.mjs",
            file.toString());
    assertThat(finished.status()).as(finished.output()).isZero();
    lines =
        finished
            .output()
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(line -> Json.mapper().readTree(line))
            .toList();
  }

  @AfterAll
  void stop() {
    if (demo != null) {
      demo.close();
    }
  }

  private Reply start(String name, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(Map.of("type", "qr-code", "origin", demo.url()));
    all.putAll(fields);
    Reply reply = portal.start(all);
    assertThat(reply.status()).as("%s", reply.json()).isEqualTo(200);
    started.put(name, reply.text("transaction_id"));
    return reply;
  }

  /** How a login stands; a long poll, which has no pace to keep. */
  private Reply result(String name) {
    return portal.result(started.get(name), "?wait=0&version=0");
  }

  private List<Map<String, String>> logins() {
    Reply frames = start("frame", Map.of("qr_mode", "rotating"));
    String frame =
        ScannedCode.Frame.of(
                Base64Url.decode(frames.json().path("qr").path("key").stringValue("")),
                UUID.fromString(frames.text("transaction_id")),
                0)
            .text();
    String link =
        start("link", Map.of("channel", "link", "session_binding", SignedText.hash(SECRET)))
            .text("link");
    return List.of(
        Map.of("name", "frame", "otp", frame, "decide", "accept"),
        Map.of("name", "accept", "otp", start("accept", Map.of()).text("otp"), "decide", "accept"),
        Map.of(
            "name", "arabic",
            "otp",
                start("arabic", Map.of("secure_message", MESSAGES.get(2) + MESSAGES.get(3)))
                    .text("otp"),
            "decide", "accept"),
        Map.of(
            "name", "deny",
            "otp", start("deny", Map.of()).text("otp"),
            "decide", "deny",
            "reason", "not_me"),
        Map.of(
            "name", "choose",
            "otp", start("choose", Map.of("confirm", "choose")).text("otp"),
            "decide", "accept"),
        Map.of(
            "name", "enter",
            "otp", start("enter", Map.of("confirm", "enter")).text("otp"),
            "decide", "accept"),
        Map.of("name", "link", "otp", link, "source", "link", "decide", "accept"),
        Map.of(
            "name", "wrong channel",
            "otp", start("wrong channel", Map.of()).text("otp"),
            "source", "link",
            "decide", "accept"));
  }

  private List<JsonNode> all(String member) {
    List<JsonNode> found = lines.stream().filter(line -> line.has(member)).toList();
    assertThat(found).as(member).isNotEmpty();
    return found;
  }

  private JsonNode one(String member, String value) {
    return all(member).stream()
        .filter(line -> line.get(member).stringValue("").equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError(value));
  }

  @Test
  @DisplayName("what one signs is, to the byte, what the other verifies; anything else is refused")
  void signedTexts() {
    List<JsonNode> made = all("made");
    assertThat(made).hasSameSizeAs(texts);
    for (int i = 0; i < made.size(); i++) {
      JsonNode line = made.get(i);
      SignedText text = texts.get(i);
      assertThat(line.get("text").stringValue()).isEqualTo(new String(text.bytes(), UTF_8));
      JsonNode jwk = line.get("jwk");
      DeviceKey key =
          DeviceKey.of(jwk.get("x").stringValue(), jwk.get("y").stringValue()).orElseThrow();
      assertThat(key.id()).isEqualTo(line.get("id").stringValue());
      byte[] signature = Base64Url.decode(line.get("signature").stringValue());
      assertThat(key.verifies(text, signature)).isTrue();
      assertThat(key.verifies(texts.get((i + 1) % texts.size()), signature)).isFalse();
      signature[40] ^= 1;
      assertThat(key.verifies(text, signature)).isFalse();
    }
  }

  @Test
  @DisplayName("a message has the same hash in both")
  void hashes() {
    assertThat(all("hash").stream().map(line -> line.get("hash").stringValue()))
        .containsExactlyElementsOf(MESSAGES.stream().map(SignedText::hash).toList());
  }

  @Test
  @DisplayName("both take the same scanned codes, and the same texts are none")
  void scannedCodes() {
    List<String> given = codes();
    List<JsonNode> read = all("scanned");
    assertThat(read).hasSameSizeAs(given);
    int taken = 0;
    for (int i = 0; i < given.size(); i++) {
      Optional<ScannedCode> ours = ScannedCode.read(given.get(i), LINK);
      JsonNode line = read.get(i);
      assertThat(line.get("transaction").stringValue(null))
          .as(given.get(i))
          .isEqualTo(ours.map(code -> code.transaction().toString()).orElse(null));
      if (ours.isPresent()) {
        taken++;
        assertThat(line.get("sent").stringValue())
            .isEqualTo(ScannedCode.withoutLink(given.get(i), LINK));
      }
    }
    // Six codes, each in four dresses, and one with a member more.
    assertThat(taken).isEqualTo(25);
  }

  @Test
  @DisplayName("the server enrolls the library's key and takes its answers")
  void answers() {
    assertThat(all("enrolled")).hasSize(2);
    for (String name : List.of("frame", "accept", "arabic", "choose", "enter", "link")) {
      JsonNode line = one("login", name);
      assertThat(line.get("code").intValue()).as("%s", line).isZero();
      Reply result =
          name.equals("link")
              ? portal.post(
                  started.get(name),
                  "redeem",
                  Map.of(
                      "session_secret",
                      Base64Url.encode(SECRET),
                      "return_code",
                      line.get("returnCode").stringValue()))
              : result(name);
      assertThat(result.text("user_id")).as("%s: %s", name, result.json()).isEqualTo("M392380");
      assertThat(line.get("shown").get("origin").stringValue()).isEqualTo(demo.url());
    }
    assertThat(one("login", "arabic").get("shown").get("message").stringValue())
        .isEqualTo(Normalizer.normalize(MESSAGES.get(2) + MESSAGES.get(3), Normalizer.Form.NFC));
    assertThat(one("login", "deny").get("code").intValue()).isEqualTo(9006);
    assertThat(result("deny").json().at("/not_authenticated_reason/reason").stringValue())
        .isEqualTo("not_accepted");
    JsonNode channel = one("login", "wrong channel");
    assertThat(channel.get("reason").stringValue()).isEqualTo("wrong_channel");
    assertThat(channel.get("shown").isNull()).isTrue();
  }

  @Test
  @DisplayName("a challenge of the server that was altered in any part is shown to nobody")
  void spoiledChallenges() {
    List<JsonNode> spoiled = all("spoiled");
    assertThat(spoiled).hasSizeGreaterThan(10);
    for (JsonNode line : spoiled) {
      boolean whole = line.get("spoiled").stringValue("").equals("not at all");
      assertThat(line.get("code").intValue()).as("%s", line).isEqualTo(whole ? 0 : 10001);
      assertThat(line.get("shown").isNull()).as("%s", line).isEqualTo(!whole);
    }
    assertThat(result("spoiled").text("user_id")).isEqualTo("M392380");
  }
}
