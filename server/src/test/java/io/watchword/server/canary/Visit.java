package io.watchword.server.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.individual.IdentifierFormats;
import io.watchword.server.RelyingParty;
import io.watchword.server.RelyingParty.Draft;
import io.watchword.server.RelyingParty.Message;
import io.watchword.server.RelyingParty.Reply;
import io.watchword.wire.ida.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that a relying party and a clumsy one can send, with marks all over. */
final class Visit implements AutoCloseable {

  private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{6}(?![0-9])");

  private static final Pattern BY_CONTRACT =
      Pattern.compile(
          "\"(transactionID|authToken)\":\"(?:[^\"\\\\]|\\\\.)*\""
              + "|(otpChannel - |Unsupported Language Code - request : )[^\"]*");

  private final Marks marks;
  private final MarkedPerson person;
  private final Letters letters;
  private final RememberingRandom random = new RememberingRandom();
  private final RelyingParty party;
  private final Map<String, Integer> answers = new TreeMap<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final Set<String> tokens = new TreeSet<>();
  private int transactions;

  /** Where letters arrive. */
  interface Letters {
    /** The texts to the address, oldest first. */
    List<String> to(String address);
  }

  Visit(Path data, Marks marks, MarkedPerson person, Letters letters) {
    this.marks = marks;
    this.person = person;
    this.letters = letters;
    this.party = new RelyingParty(data, Clock.systemUTC(), random);
    marks.add("licence key", party.licence());
    marks.add("API key", party.apiKey());
  }

  /** The way of a relying party to the server. */
  RelyingParty party() {
    return party;
  }

  /** How often each code was answered; {@code ok}: success. */
  Map<String, Integer> answers() {
    return answers;
  }

  private List<String> send(Message message) {
    return take(party.send(message)).codes();
  }

  private Reply take(Reply reply) {
    received.writeBytes(reply.headers().toString().getBytes(StandardCharsets.UTF_8));
    received.writeBytes(reply.body());
    List<String> codes = reply.codes();
    answers.merge(codes.isEmpty() ? "ok" : codes.getLast(), 1, Integer::sum);
    JsonNode token = reply.json().path("response").path("authToken");
    if (token.isString()) {
      tokens.add(token.stringValue());
    }
    return reply;
  }

  private List<String> send(Draft draft) {
    return send(party.finish(draft));
  }

  /**
   * All answers, but for what the contract (ida 5 and 7.1) wants in them: the person's pseudonym,
   * and the caller's own transaction id, channel and language.
   */
  byte[] received() {
    return BY_CONTRACT
        .matcher(received.toString(StandardCharsets.UTF_8))
        .replaceAll("")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Asks for a code that no courier can deliver, and marks the code if it got anywhere. */
  void undeliverable(String channel, String address) {
    int before = letters.to(address).size();
    assertThat(send(party.otp(person.vid, transaction(), channel))).containsExactly("IDA-OTA-002");
    List<String> texts = letters.to(address);
    for (String text : texts.subList(before, texts.size())) {
      Matcher code = CODE.matcher(text);
      while (code.find()) {
        marks.add("code that was not taken", code.group());
      }
    }
  }

  private String transaction() {
    return "canary%04d".formatted(transactions++);
  }

  private String mark(String name) {
    return marks.fresh(name);
  }

  /** A new code of the person. */
  private String code(String id, String transaction, String channel, String address) {
    assertThat(send(party.otp(id, transaction, channel))).isEmpty();
    // Notices of what was decided before arrive when they like.
    for (String text : letters.to(address).reversed()) {
      Matcher code = CODE.matcher(text);
      if (code.find()) {
        return marks.add("code " + transaction, code.group());
      }
    }
    throw new AssertionError("no code was sent");
  }

  void make() {
    rightAndWrong();
    demographics();
    pinAndBiometrics();
    bentBodies();
    validation();
    protection();
    callers();
    int key = 0;
    for (byte[] each : random.keys()) {
      marks.add("session key of request " + key++, each);
    }
    for (String token : tokens) {
      marks.add("pseudonym " + key++, token);
    }
  }

  private void rightAndWrong() {
    String first = transaction();
    String code = code(person.uin, first, "email", person.email);
    assertThat(send(party.auth("auth", person.uin, first).code(mark("guessed code"))))
        .containsExactly("IDA-OTA-004");
    Reply kyc = take(party.send(party.auth("kyc", person.uin, first).code(code)));
    assertThat(kyc.codes()).isEmpty();
    assertThat(party.identity(kyc).toString()).contains(person.name);
    marks.add("session key of an answer", party.sessionKey(kyc));
    assertThat(send(party.auth("auth", person.uin, first).code(code)))
        .containsExactly("IDA-OTA-012");
    String second = transaction();
    assertThat(
            send(
                party
                    .auth("auth", person.vid, second)
                    .code(code(person.vid, second, "phone", person.phone))))
        .isEmpty();
    String third = transaction();
    Draft byHandle = party.auth("kyc", person.handle, third);
    byHandle.code(code(person.handle, third, "email", person.email));
    byHandle.outer().put("individualIdType", "HANDLE");
    assertThat(send(byHandle)).isEmpty();
    String fourth = transaction();
    code(person.uin, fourth, "phone", person.phone);
    for (int i = 0; i < 6; i++) { // frozen in the end
      send(party.auth("auth", person.uin, fourth).code(mark("guessed code")));
    }
    assertThat(answers).containsKey("IDA-OTA-013");
  }

  private void demographics() {
    Draft right = party.auth("auth", person.uin, transaction());
    ObjectNode claims = right.inner().putObject("demographics");
    claims.put("dob", person.birth).put("emailId", person.email).put("phoneNumber", person.phone);
    claims.putArray("name").addObject().put("language", "eng").put("value", person.name);
    assertThat(send(right)).isEmpty();
    for (String member :
        List.of("dob", "emailId", "phoneNumber", "postalCode", "age", "locality")) {
      Draft wrong = party.auth("kyc", person.uin, transaction());
      wrong.inner().putObject("demographics").put(member, mark("claimed " + member));
      assertThat(send(wrong)).isNotEmpty();
    }
    for (String member : List.of("name", "gender", "addressLine1", "fullAddress", "dobType")) {
      Draft wrong = party.auth("auth", person.uin, transaction());
      wrong
          .inner()
          .putObject("demographics")
          .putArray(member)
          .addObject()
          .put("language", "eng")
          .put("value", mark("claimed " + member));
      assertThat(send(wrong)).isNotEmpty();
    }
    Draft odd = party.auth("auth", person.uin, transaction());
    ObjectNode oddClaims = odd.inner().putObject("demographics");
    oddClaims.put(mark("attribute name"), mark("attribute value"));
    oddClaims
        .putArray("name")
        .addObject()
        .put("language", mark("language"))
        .put("value", mark("claimed name"));
    assertThat(send(odd)).isNotEmpty();
  }

  private void pinAndBiometrics() {
    Draft pin = party.auth("auth", person.uin, transaction());
    pin.inner().put("staticPin", mark("PIN"));
    assertThat(send(pin)).isNotEmpty();
    Draft bio = party.auth("auth", person.uin, transaction());
    bio.inner()
        .putArray("biometrics")
        .addObject()
        .put("data", mark("capture") + "." + mark("capture") + "." + mark("capture"))
        .put("hash", mark("hash"))
        .put("sessionKey", mark("device session key"))
        .put("thumbprint", "00".repeat(32));
    assertThat(send(bio)).isNotEmpty();
  }

  /** F1 to F3: bodies that are hardly requests. */
  private void bentBodies() {
    for (String body :
        List.of(
            mark("bare text"),
            "\"" + mark("bare string") + "\"",
            "[\"" + mark("list") + "\"]",
            "{\"otp\":\"" + mark("cut body"),
            "{\"otp\":" + mark("bare value") + "}",
            "{\"otp\":\"\u0001" + mark("control character") + "\"}",
            "{\"id\":\"" + mark("id") + "\",\"version\":\"1.0\"}",
            "{\"id\":\"mosip.identity.auth\",\"version\":\"" + mark("version") + "\"}",
            "{\"id\":{\"a\":\"" + mark("object for id") + "\"}}",
            "{\"" + mark("member name") + "\":" + "[".repeat(5_000))) {
      assertThat(send(party.sign("auth", body.getBytes(StandardCharsets.UTF_8)))).isNotEmpty();
    }
    Message whole = party.finish(party.auth("auth", person.uin, transaction()).code(person.name));
    assertThat(send(whole.withHeader("Content-Type", mark("media type")))).isNotEmpty();
    assertThat(send(whole.withHeader("Content-Type", "text/" + mark("media type")))).isNotEmpty();
    byte[] large =
        ("{\"a\":\"" + mark("large body").repeat(60_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(take(party.send(party.sign("otp", large))).status()).isEqualTo(413);
  }

  /** V and O rows: each member with a mark in it. */
  private void validation() {
    for (String member :
        List.of(
            "individualId",
            "individualIdType",
            "transactionID",
            "requestTime",
            "domainUri",
            "env",
            "consentObtained",
            "specVersion",
            "metadata")) {
      Draft auth = party.auth("auth", person.uin, transaction()).code(mark("code of no use"));
      auth.outer().put(member, mark(member));
      send(auth);
      Draft otp = party.otp(person.uin, transaction(), "email");
      otp.outer().put(member, mark(member));
      send(otp);
    }
    assertThat(send(party.otp(person.uin, transaction(), mark("channel")))).isNotEmpty();
    Draft late = party.auth("kyc", person.uin, transaction()).code(mark("code of no use"));
    late.inner().put("timestamp", mark("timestamp"));
    assertThat(send(late)).isNotEmpty();
    // Nobody's identifiers are as private as somebody's.
    String nobody =
        marks.add("UIN of nobody", "480151600" + IdentifierFormats.checkDigit("480151600"));
    assertThat(send(party.otp(nobody, transaction(), "email"))).containsExactly("IDA-MLC-018");
    assertThat(send(party.auth("kyc", nobody, transaction()).code(mark("code of nobody"))))
        .containsExactly("IDA-MLC-018");
  }

  /** F4 to F7: signature, authorization, seal. */
  private void protection() {
    Message whole = party.finish(party.auth("kyc", person.uin, transaction()).code(mark("sealed")));
    assertThat(send(whole.withHeader("Signature", null))).isNotEmpty();
    assertThat(send(whole.withHeader("Signature", mark("signature")))).isNotEmpty();
    assertThat(send(whole.withHeader("Signature", mark("a") + "." + mark("b") + "." + mark("c"))))
        .isNotEmpty();
    assertThat(send(whole.withHeader("Authorization", null))).isNotEmpty();
    send(
        whole
            .withHeader("Authorization", "Bearer " + mark("authorization"))
            .withHeader("Proxy-Authorization", mark("proxy authorization"))
            .withHeader("Cookie", "session=" + mark("cookie"))
            .withHeader("X-Request-Id", mark("request id"))
            .withHeader("traceparent", mark("traceparent"))
            .withHeader("X-Forwarded-For", mark("forwarded")));
    for (String member : List.of("request", "requestHMAC", "requestSessionKey")) {
      Draft draft = party.auth("auth", person.uin, transaction()).code(mark("sealed"));
      party.finish(draft);
      draft.outer().put(member, mark(member).replace('.', '_'));
      assertThat(send(party.sign("auth", Json.write(draft.outer())))).isNotEmpty();
    }
    Draft draft = party.auth("auth", person.uin, transaction());
    party.seal(
        draft.outer(), ("{\"otp\":\"" + mark("sealed text")).getBytes(StandardCharsets.UTF_8));
    assertThat(send(party.sign("auth", Json.write(draft.outer())))).isNotEmpty();
  }

  /** F9, F10: who calls. */
  private void callers() {
    Message whole = party.finish(party.otp(person.uin, transaction(), "email"));
    String keys = party.licence() + "/" + party.partner() + "/" + party.apiKey();
    for (String path :
        List.of(
            "/otp/" + mark("unknown licence") + "/" + party.partner() + "/" + party.apiKey(),
            "/otp/" + party.licence() + "/" + party.partner() + "/" + mark("unknown API key"),
            "/otp/" + party.partner() + "/" + party.licence() + "/" + party.apiKey(),
            "/otp/" + party.partner() + "/" + party.apiKey() + "/" + party.licence(),
            "/otp/" + party.licence() + "/" + party.apiKey(),
            "/otp/" + party.apiKey(),
            "/otp/" + keys + "/" + mark("a segment too many"),
            "/otp/" + keys + "?" + mark("query") + "=" + mark("query"),
            "/otp/%20" + keys)) {
      send(whole.withTarget(path));
    }
  }

  @Override
  public void close() {
    party.close();
  }
}
