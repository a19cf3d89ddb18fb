package io.watchword.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/settings.md} and the README say of settings, against the program. */
class SettingsPageTest {

  private static final Path PROJECT = Path.of("..");
  private static final Pattern KEY = Pattern.compile("`([a-z]+(?:[.][a-z-]+)+)`");
  private static final Pattern PROPERTY = Pattern.compile("`([A-Za-z.-]+)`");
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  /** The rows of the table below a heading, by column. */
  private static List<List<String>> table(Path file, String heading) throws IOException {
    String text = Files.readString(file);
    String section = text.substring(text.indexOf(heading));
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : section.lines().toList()) {
      if (line.startsWith("| `")) {
        inside = true;
        rows.add(List.of(line.split(" \\| ", -1)));
      } else if (inside) {
        break;
      }
    }
    return rows;
  }

  private static SortedSet<String> matches(Pattern pattern, String text) {
    SortedSet<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void everyPropertyOfTheContractIsMappedToASettingThatExists() throws Exception {
    List<List<String>> ours = table(PROJECT.resolve("docs/settings.md"), "## From the properties");
    SortedSet<String> mapped = new TreeSet<>();
    SortedSet<String> known = SettingsReader.knownKeys();
    known.removeIf(key -> key.endsWith(".*"));
    for (List<String> row : ours) {
      mapped.addAll(matches(PROPERTY, row.getFirst()));
      SortedSet<String> keys = matches(KEY, row.get(1));
      assertThat(keys.isEmpty()).as(row.toString()).isEqualTo(row.get(1).matches("fixed|none"));
      for (String key : keys) {
        assertThat(known).anyMatch(k -> k.equals(key) || k.startsWith(key + "."));
      }
    }
    List<List<String>> contract =
        table(PROJECT.resolve("docs/contracts/ida.md"), "## 8. Default configuration");
    assertThat(contract).hasSizeGreaterThan(35);
    for (List<String> row : contract) {
      assertThat(mapped).containsAll(matches(PROPERTY, row.getFirst()));
    }
  }

  @Test
  void theSettingsThatTheReadmeShowsAreTaken() throws Exception {
    Matcher examples = YAML.matcher(Files.readString(PROJECT.resolve("README.md")));
    int count = 0;
    while (examples.find()) {
      count++;
      String example = examples.group(1).replaceAll("password-file: [^\\s}]+", "password: secret");
      Path file = Files.createTempFile("readme-", ".yaml");
      try {
        Files.writeString(file, example);
        new SettingsReader().file(file).read();
      } finally {
        Files.delete(file);
      }
    }
    assertThat(count).isPositive();
  }
}
