package io.watchword.server.couriers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Letter;
import io.watchword.core.delivery.LetterKind;
import io.watchword.core.delivery.Letters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LetterFilesTest {

  private static final Path SHIPPED = Path.of("../config/letters");

  /** The longest that one will meet: a VID, eight digits, the longest lists of factors. */
  private static final Map<String, String> LONGEST =
      Map.ofEntries(
          Map.entry("otp", "12345678"),
          Map.entry("idvid", "XXXXXXXX12345678"),
          Map.entry("idvidType", "VID"),
          Map.entry("validTime", "30"),
          Map.entry("date", "24-11-2026"),
          Map.entry("time", "23:59:59"),
          Map.entry("outcome", "failed"),
          Map.entry("authType", "otp,demo,bio"),
          Map.entry("device", "The telephone of Margaret in the kitchen"),
          Map.entry("app", "national-bank-app"),
          Map.entry("partner", "National Union Bank of Commerce, Branch 12"),
          Map.entry("name_eng", "James Rodrigious"),
          Map.entry("name_fra", "Zoé L’Œil"),
          Map.entry("name_ara", "إبراهيم بن علي"));

  @TempDir Path folder;

  private static Letters shipped() {
    return new LetterFiles(LetterSettings.STANDARD).letters();
  }

  private LetterFiles inFolder(String... languages) {
    return new LetterFiles(
        new LetterSettings(
            Optional.of(folder),
            List.of(languages),
            Optional.empty(),
            java.util.Set.of(),
            ZoneOffset.UTC));
  }

  private void copyShipped() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Test
  @DisplayName("everything that is wrong in a folder is said at once, and it gives no letters")
  void allProblems() throws IOException {
    copyShipped();
    Files.delete(folder.resolve("otp-sms-eng.txt"));
    Files.writeString(folder.resolve("otp-sms-fra.txt"), "$otp $oth ${name_fr}");
    Files.writeString(folder.resolve("otp-mail-eng.txt"), "no code, and $!{otp} is no variable");
    Files.writeString(folder.resolve("otp-mail-subject-eng.txt"), "two\nlines");
    Files.writeString(folder.resolve("notice-sms-ara.txt"), " \n");
    Files.writeString(folder.resolve("notice-mail-ara.txt"), "a\tb");
    Files.write(folder.resolve("notice-mail-fra.txt"), "vérifié".getBytes(ISO_8859_1));
    Files.writeString(folder.resolve("notice-mail-eng.txt"), "x".repeat(9_000));
    Files.writeString(folder.resolve("otp-sms-deu.txt"), "$otp");
    Files.writeString(folder.resolve("words-eng.txt"), "outcome.passed = yes\nwhat is this");
    LetterFiles files = inFolder("eng", "ara", "fra");
    assertThat(files.problems())
        .contains(
            "otp-sms-eng.txt: is not there or cannot be read",
            "otp-sms-fra.txt: unknown variable $oth",
            "otp-sms-fra.txt: unknown variable $name_fr",
            "otp-mail-eng.txt: does not hold $otp",
            "otp-mail-eng.txt: variables are written $x, ${x} or $!x",
            "otp-mail-subject-eng.txt: a subject is one line",
            "notice-sms-ara.txt: is empty",
            "notice-mail-ara.txt: holds control characters",
            "notice-mail-fra.txt: is not UTF-8",
            "notice-mail-eng.txt: larger than 8192 bytes",
            "otp-sms-deu.txt: is no letter of a language in the settings",
            "words-eng.txt: no word for outcome.failed",
            "words-eng.txt: not \"variable.value = word\": what is this");
    assertThatIllegalArgumentException()
        .isThrownBy(files::letters)
        .withMessageContaining("otp-sms-eng.txt")
        .withMessageContaining("words-eng.txt");
  }

  @Test
  @DisplayName("a folder that is not there, and a language that is none, are problems")
  void noFolder() {
    var files =
        new LetterFiles(
            new LetterSettings(
                Optional.of(folder.resolve("nowhere")),
                List.of("eng", "en", "eng"),
                Optional.of("no host"),
                java.util.Set.of(),
                ZoneOffset.UTC));
    assertThat(files.problems())
        .anyMatch(problem -> problem.startsWith("letters.folder: cannot be read"))
        .contains(
            "letters.languages: not an ISO 639-3 code: en",
            "letters.languages: given twice: eng",
            "letters.web-otp-host: not a host name: no host",
            "otp-mail-eng.txt: is not there or cannot be read");
  }

  @Test
  @DisplayName("an operator's folder takes the place of the shipped letters")
  void operatorsFolder() throws IOException {
    copyShipped();
    Files.writeString(folder.resolve("otp-sms-eng.txt"), "\uFEFFMy own: $otp\r\n");
    assertThat(inFolder("eng", "ara", "fra").problems()).isEmpty();
    Letters letters = inFolder("eng", "ara", "fra").letters();
    assertThat(
            letters
                .compose(LetterKind.OTP, Channel.PHONE, "1", List.of("eng"), Map.of("otp", "42"))
                .text())
        .isEqualTo("My own: 42");
  }

  @Test
  @DisplayName("the shipped letters are complete, and on the class path as they are in config")
  void shippedAreComplete() throws IOException {
    assertThat(new LetterFiles(LetterSettings.STANDARD).problems()).isEmpty();
    copyShipped();
    assertThat(inFolder("eng", "ara", "fra").problems()).isEmpty();
    assertThat(shipped().compose(LetterKind.OTP, Channel.EMAIL, "a@b.test", List.of(), LONGEST))
        .isEqualTo(
            inFolder("eng", "ara", "fra")
                .letters()
                .compose(LetterKind.OTP, Channel.EMAIL, "a@b.test", List.of(), LONGEST));
  }

  @ParameterizedTest(name = "{0} {1}: at most {2} segments")
  @CsvSource({
    "OTP, eng, 1", "OTP, fra, 1", "OTP, ara, 1",
    "NOTICE, eng, 2", "NOTICE, fra, 2", "NOTICE, ara, 2",
    "DEVICE, eng, 2", "DEVICE, fra, 2", "DEVICE, ara, 3"
  })
  void segments(LetterKind kind, String language, int most) {
    String text = shipped().compose(kind, Channel.PHONE, "1", List.of(language), LONGEST).text();
    assertThat(SmsSegments.count(text))
        .as("%d characters, GSM 7-bit: %s: %s", text.length(), SmsSegments.isGsm7(text), text)
        .isLessThanOrEqualTo(most);
    assertThat(SmsSegments.isGsm7(text)).isEqualTo(!language.equals("ara"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eng", "fra", "ara"})
  @DisplayName("with every variable given, no letter shows a variable or a code for a word")
  void nothingLeftOpen(String language) {
    for (LetterKind kind : LetterKind.values()) {
      for (Channel channel : Channel.values()) {
        Letter letter = shipped().compose(kind, channel, "1", List.of(language), LONGEST);
        assertThat(letter.subject() + letter.text())
            .doesNotContain("$")
            .doesNotContain("failed")
            .doesNotContain("otp,")
            .doesNotContain("demo");
      }
    }
  }

  @Test
  @DisplayName("a mail to a person whose name is not known in its language begins with the code")
  void noName() {
    Letter letter =
        shipped()
            .compose(
                LetterKind.OTP, Channel.EMAIL, "a@b.test", List.of("eng"), Map.of("otp", "123456"));
    assertThat(letter.text()).startsWith("Your one-time code is: 123456");
  }

  @ParameterizedTest(name = "{1} segments")
  @CsvSource({"a, 160, 1", "a, 161, 2", "a, 306, 2", "a, 307, 3", "€, 80, 1", "€, 81, 2"})
  @DisplayName("the counter of segments counts as the standard does: GSM 7-bit")
  void countsGsm7(String letter, int times, int segments) {
    assertThat(SmsSegments.count(letter.repeat(times))).isEqualTo(segments);
  }

  @ParameterizedTest(name = "{1} segments")
  @CsvSource({"ع, 70, 1", "ع, 71, 2", "ع, 134, 2", "ع, 135, 3", "ç, 71, 2"})
  @DisplayName("the counter of segments counts as the standard does: UCS-2")
  void countsUcs2(String letter, int times, int segments) {
    assertThat(SmsSegments.count(letter.repeat(times))).isEqualTo(segments);
  }
}
