package io.watchword.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonLinesTest {

  private final PersonLines lines = new PersonLines(1_000);

  private PersonLine read(String json) throws LineRefused {
    return lines.read(json.getBytes(StandardCharsets.UTF_8), PersonLine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SECRET",
        "{\"uin\":\"SECRET\"",
        "[\"SECRET\"]",
        "\"SECRET\"",
        "null",
        "{\"uin\":\"SECRET\"} SECRET",
        "{\"uin\":\"SECRET\",\"uin\":\"SECRET\"}",
        "{\"SECRET\":1}",
        "{\"uin\":12345}",
        "{\"uin\":true}",
        "{\"deactivated\":\"SECRET\"}",
        "{\"deactivated\":1}",
        "{\"vids\":\"SECRET\"}",
        "{\"vids\":[{\"SECRET\":1}]}",
        "{\"vids\":[{\"vid\":{\"SECRET\":1}}]}",
        "{\"attributes\":[\"SECRET\"]}",
        "{\"attributes\":{\"SECRET\":\"a\",\"SECRET\":\"b\"}}",
        "{\"attributes\":{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":1}}}}}}}}}",
        "// SECRET\n{}",
        "{\"uin\":\"SECRET\",}",
        "{'uin':'SECRET'}"
      })
  void whatIsNoPersonIsRefusedWithoutQuotingIt(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(LineRefused.class)
        .message()
        .isNotEmpty()
        .doesNotContain("SECRET")
        .doesNotContain("12345");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] latin1 = "{\"uin\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> lines.read(latin1, PersonLine.class)).isInstanceOf(LineRefused.class);
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> read("{\"uin\":\"" + "1".repeat(1_001) + "\"}"))
        .isInstanceOf(LineRefused.class);
  }

  @Test
  void aWrongTypeIsReportedWithItsMember() {
    assertThatThrownBy(() -> read("{\"vids\":[{\"vid\":12}]}"))
        .hasMessage("vids/vid has the wrong type");
  }

  @Test
  void membersThatAreLeftOutAreNull() throws LineRefused {
    assertThat(read("{}"))
        .extracting(PersonLine::locks, PersonLine::deactivated)
        .containsOnlyNulls();
  }
}
