package io.watchword.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTemplateTest {

  private static final Map<String, String> VALUES =
      Map.of("a", "1", "b", "$a", "c", "${a}$!a", "long_name2", "x", "back", "\\$0");

  @ParameterizedTest(name = "\"{0}\" gives \"{1}\"")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "an unknown $q stays,           an unknown $q stays",
        "an unknown ${q} stays,         an unknown ${q} stays",
        "an unknown $!q vanishes,       an unknown  vanishes",
        "a value is not read again: $b, a value is not read again: $a",
        "nor this one: $c,              nor this one: ${a}$!a",
        "nor as a pattern: $back,       nor as a pattern: \\$0",
        "$!{a} is no variable,          $!{a} is no variable",
        "${a is none either,            ${a is none either",
        "$5 and $ and $$,               $5 and $ and $$",
        "$$a,                           $1",
        "$a$a${a}$!a,                   1111",
        "${a}bc,                        1bc",
        "$abc,                          $abc",
        "$long_name2.,                  x.",
      })
  void fills(String template, String expected) {
    assertThat(TextTemplate.of(template).fill(VALUES::get)).isEqualTo(expected);
  }

  @Test
  @DisplayName("an empty template gives an empty text")
  void empty() {
    assertThat(TextTemplate.of("").fill(VALUES::get)).isEmpty();
  }

  @Test
  @DisplayName("the variables are listed once each, in order")
  void variables() {
    assertThat(TextTemplate.of("$z ${y} $!x $z $!{w}").variables()).containsExactly("z", "y", "x");
  }
}
