package io.watchword.testkit.prints;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fingers of the demo's people are synthetic: each is what the generator makes of a seed. The
 * property {@code fingers.print} prints them.
 */
class DemoFingersTest {

  private static final Path PEOPLE =
      Path.of("").toAbsolutePath().getParent().resolve("config/demo/people.jsonl");

  @ParameterizedTest
  @CsvSource({"678956453456, 77, 7", "678956453456, 78, 1", "2047631038, 79, 2"})
  void aFingerIsWhatTheGeneratorMakes(String uin, long seed, int position) throws IOException {
    var finger = new SyntheticFinger(new PhaseSpirals(), seed);
    String enrolled = base64(finger.template(0, position));
    String another = base64(finger.template(1, position));
    if (Boolean.getBoolean("fingers.print")) {
      System.out.printf("finger %s %d %s %s%n", uin, position, enrolled, another);
      return;
    }
    String line =
        Files.readAllLines(PEOPLE).stream()
            .filter(each -> each.contains("\"uin\": \"" + uin + "\""))
            .findFirst()
            .orElseThrow();
    assertThat(line).contains("\"record\": \"" + enrolled, "\"record\": \"" + another);
  }

  private static String base64(byte[] template) {
    return Base64.getEncoder().encodeToString(template);
  }
}
