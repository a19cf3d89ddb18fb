package io.watchword.wire.ida;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract ida 2.2, 2.3 (F1) and 2.8. */
class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[]",
        "\"a\"",
        "1",
        "null",
        "true",
        "{\"a\":1} x",
        "{\"a\":1}{\"a\":1}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "/**/{\"a\":1}",
        "{\"a\":\"\t\"}"
      })
  void whatIsNotOneJsonObjectIsRefused(String text) {
    assertThat(Json.readObject(bytes(text))).isEmpty();
  }

  @Test
  void anotherEncodingThanUtf8IsRefused() {
    for (String name : new String[] {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
      assertThat(Json.readObject("{\"a\":1}".getBytes(Charset.forName(name)))).as(name).isEmpty();
    }
    assertThat(Json.readObject(new byte[] {'{', '"', (byte) 0xe9, '"', ':', '1', '}'})).isEmpty();
  }

  @Test
  void theLimitsHold() {
    assertThat(Json.readObject(nested(Json.MAX_NESTING))).isPresent();
    assertThat(Json.readObject(nested(Json.MAX_NESTING + 1))).isEmpty();
    assertThat(Json.readObject(bytes("{\"a\":" + "1".repeat(Json.MAX_NUMBER) + "}"))).isPresent();
    assertThat(Json.readObject(bytes("{\"a\":" + "1".repeat(Json.MAX_NUMBER + 1) + "}"))).isEmpty();
    assertThat(Json.readObject(bytes("{\"" + "a".repeat(Json.MAX_NAME + 1) + "\":1}"))).isEmpty();
    assertThat(Json.readObject(bytes("{\"a\":\"" + "x".repeat(Json.MAX_TEXT + 1) + "\"}")))
        .isEmpty();
  }

  @Test
  void moreValuesThanAnyRequestHasAreRefused() {
    String bomb = "{\"a\":[" + "{},".repeat(60_000) + "{}]}";
    assertThat(Json.readObject(bomb.getBytes(StandardCharsets.UTF_8))).isEmpty();
    String large = "{\"a\":[" + "{},".repeat(10_000) + "{}]}";
    assertThat(Json.readObject(large.getBytes(StandardCharsets.UTF_8))).isPresent();
  }

  @Test
  void ofDuplicateMembersTheLastWins() {
    assertThat(Json.readObject(bytes("{\"a\":1,\"a\":\"2\"}")).orElseThrow().get("a").asString())
        .isEqualTo("2");
  }

  @Test
  void unknownMembersAreIgnoredAndAbsentOnesAreNullOrFalse() {
    AuthReply reply =
        Json.read(bytes("{\"new\":{},\"response\":{\"also\":1}}"), AuthReply.class).orElseThrow();
    assertThat(reply.transactionId()).isNull();
    assertThat(reply.response()).isEqualTo(new AuthReply.Response(false, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"response\":{\"authStatus\":\"true\"}}",
        "{\"response\":{\"authStatus\":1}}",
        "{\"response\":true}",
        "{\"errors\":{}}",
        "{\"errors\":\"none\"}",
        "{\"version\":1.0}"
      })
  void aValueOfAnotherTypeIsNotTurnedIntoTheExpectedOne(String text) {
    assertThat(Json.read(bytes(text), AuthReply.class)).isEmpty();
  }

  @Test
  void typeNamesInTheTextMeanNothing() {
    String text = "{\"@class\":\"java.net.URL\",\"errors\":null}";
    assertThat(Json.read(bytes(text), AuthReply.class)).isPresent();
  }

  private static byte[] nested(int levels) {
    return bytes("{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
