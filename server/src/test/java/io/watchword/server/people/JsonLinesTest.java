package io.watchword.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.people.JsonLines.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  private static JsonLines lines(String text) {
    return new JsonLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 5);
  }

  @Test
  void aLineThatIsTooLongIsSkippedAndCounted() throws IOException {
    JsonLines lines = lines("123456789\nab\n");
    Line skipped = lines.next();
    assertThat(skipped.number()).isEqualTo(1);
    assertThat(skipped.bytes()).isNull();
    assertThat(skipped.blank()).isFalse();
    assertThat(lines.next()).returns(2L, Line::number);
    assertThat(lines.next()).isNull();
  }

  @Test
  void anEmptyStreamHasNoLines() throws IOException {
    assertThat(lines("").next()).isNull();
  }

  @Test
  void theLastLineNeedsNoEndAndBlankLinesCount() throws IOException {
    JsonLines lines = lines("\n \r\n12345");
    assertThat(lines.next().blank()).isTrue();
    assertThat(lines.next().blank()).isTrue();
    Line last = lines.next();
    assertThat(last.number()).isEqualTo(3);
    assertThat(last.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("12345");
    assertThat(lines.next()).isNull();
  }
}
