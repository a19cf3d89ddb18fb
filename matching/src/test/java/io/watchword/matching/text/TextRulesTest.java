package io.watchword.matching.text;

import static io.watchword.core.authentication.TextMatcher.Kind.ADDRESS;
import static io.watchword.core.authentication.TextMatcher.Kind.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.watchword.core.partner.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

  @TempDir Path folder;

  private void file(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a => b",
        "a => \"b",
        " => \"b\"",
        "( => \"b\"",
        "a* => \"b\"",
        "(?=a) => \"b\"",
        "(a)\\1 => \"b\"",
        "a => \"$1\"",
        "(a) => \"$2\"",
        "(a) => \"$\"",
        "(a) => \"$0\"",
        "a => \"\\\""
      })
  void whatIsNoRuleIsRefusedWithItsFileAndLine(String line) throws IOException {
    file("common.txt", "# comment\nx => \"y\"\n" + line + "\n");
    assertThatThrownBy(() -> TextRules.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("common.txt:3: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"title.eng.txt", "titles.en.txt", "common.eng", "notes.md"})
  void aFileOfAnotherNameIsRefused(String name) throws IOException {
    file(name, "");
    assertThatThrownBy(() -> TextRules.read(folder)).hasMessageContaining(name);
  }

  @Test
  void aFileThatIsTooLargeIsRefused() throws IOException {
    file("titles.eng.txt", "Mr\n".repeat(100_000));
    assertThatThrownBy(() -> TextRules.read(folder)).hasMessageContaining("256 KiB");
  }

  @Test
  void theRulesOfAFolderReplaceTheDefaults() throws IOException {
    file("titles.eng.txt", "Captain\n");
    file("address.eng.txt", "(?i)avenue => \"ave\"\n");
    file("address.txt", "([xy]) => \"-$1-\"\n");
    RuleTextMatcher matcher = new RuleTextMatcher(TextRules.read(folder));
    assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", "Mr Cook", "Cook")).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", "Captain Cook", "Cook")).isTrue();
    assertThat(matcher.matches(ADDRESS, Strategy.EXACT, "eng", "1st Avenue", "1 ave")).isFalse();
    assertThat(matcher.matches(ADDRESS, Strategy.EXACT, "eng", "5 Avenue", "5 ave")).isTrue();
    assertThat(matcher.matches(ADDRESS, Strategy.EXACT, "fra", "5x 6", "6 5X")).isFalse();
    assertThat(matcher.matches(ADDRESS, Strategy.EXACT, "fra", "5x 6", "6 5x")).isTrue();
  }

  @Test
  void anExpressionThatWouldExplodeElsewhereRunsInLinearTime() throws IOException {
    file("common.txt", "(a+)+b => \"c\"\n");
    RuleTextMatcher matcher = new RuleTextMatcher(TextRules.read(folder));
    String hostile = "a".repeat(1_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", hostile, hostile + "b"))
                .isFalse());
  }

  @Test
  void theDefaultsKnowTheTitlesOfThreeLanguages() {
    assertThat(TextRules.defaults().titles()).containsOnlyKeys("eng", "fra", "ara");
    assertThat(TextRules.defaults().address()).containsOnlyKeys("eng");
    assertThat(TextRules.defaults().common()).containsOnlyKeys(TextRules.ANY);
  }
}
