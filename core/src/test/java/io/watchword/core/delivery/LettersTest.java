package io.watchword.core.delivery;

import static io.watchword.core.delivery.Channel.EMAIL;
import static io.watchword.core.delivery.Channel.PHONE;
import static io.watchword.core.delivery.LetterKind.DEVICE;
import static io.watchword.core.delivery.LetterKind.NOTICE;
import static io.watchword.core.delivery.LetterKind.OTP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.watchword.core.delivery.LetterTemplate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LettersTest {

  private static final List<LetterWords> WORDS =
      List.of(
          new LetterWords(
              "fra",
              Map.of(
                  "outcome.passed", "réussie",
                  "authType.otp", "code",
                  "authType.demo", "données")));

  private final Letters letters = letters(Optional.empty());

  private static Letters letters(Optional<String> webOtpHost) {
    return Letters.of(templates(), WORDS, List.of("eng", "fra"), webOtpHost);
  }

  private static List<LetterTemplate> templates() {
    List<LetterTemplate> templates = new ArrayList<>();
    for (String language : List.of("eng", "fra", "ara")) {
      add(
          templates,
          OTP,
          language,
          "Code, $!name_" + language,
          "$!name_eng\n" + language + " $otp");
      add(templates, NOTICE, language, "Notice", language + " $outcome by $authType at $partner");
      add(templates, DEVICE, language, "Device", language + " $device");
    }
    return templates;
  }

  private static void add(
      List<LetterTemplate> to, LetterKind kind, String language, String subject, String text) {
    to.add(new LetterTemplate(kind, EMAIL, Part.SUBJECT, language, TextTemplate.of(subject)));
    to.add(new LetterTemplate(kind, EMAIL, Part.TEXT, language, TextTemplate.of(text)));
    to.add(new LetterTemplate(kind, PHONE, Part.TEXT, language, TextTemplate.of(text)));
  }

  @Test
  @DisplayName("a set of templates with a gap is refused, and all gaps are named at once")
  void gaps() {
    List<LetterTemplate> some = templates();
    some.removeIf(each -> each.kind() == OTP && each.part() == Part.SUBJECT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Letters.of(some, WORDS, List.of("eng", "deu"), Optional.of("a b")))
        .withMessageContaining("no OTP letter to EMAIL in eng")
        .withMessageContaining("no NOTICE letter to PHONE in deu")
        .withMessageContaining("not a host name: a b");
  }

  @Test
  @DisplayName("a template given twice is refused")
  void twice() {
    List<LetterTemplate> templates = templates();
    templates.add(templates.getFirst());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Letters.of(templates, WORDS, List.of("eng"), Optional.empty()))
        .withMessageContaining("given twice");
  }

  @Test
  @DisplayName("a name with line breaks adds no line to the subject and no header to the mail")
  void lineBreaks() {
    Letter letter =
        letters.compose(
            OTP,
            EMAIL,
            "a@b.test",
            List.of("eng"),
            Map.of("otp", "1", "name_eng", "Eve\r\nBcc: x@y.test\u2028\u0085\u0000\u0007 end"));
    assertThat(letter.subject()).isEqualTo("Code, Eve Bcc: x@y.test  end");
    assertThat(letter.text()).isEqualTo("Eve Bcc: x@y.test  end\neng 1");
  }

  @Test
  @DisplayName("a name that looks like a variable stays a name")
  void noTemplateInjection() {
    Letter letter =
        letters.compose(
            OTP,
            EMAIL,
            "a@b.test",
            List.of("eng"),
            Map.of("otp", "123456", "name_eng", "$otp ${otp} $!otp"));
    assertThat(letter.subject()).isEqualTo("Code, $otp ${otp} $!otp");
  }

  @Test
  @DisplayName("a name cannot turn the writing direction or smuggle in half a character")
  void direction() {
    Letter letter =
        letters.compose(
            OTP,
            EMAIL,
            "a@b.test",
            List.of("eng"),
            Map.of("otp", "1", "name_eng", "\u202Eab\u2066\uD800c\u200Dd"));
    assertThat(letter.subject()).isEqualTo("Code, abc\u200Dd");
  }

  @Test
  @DisplayName("of a long value the first 200 characters are used")
  void longValue() {
    Letter letter =
        letters.compose(
            OTP, EMAIL, "a@b.test", List.of("eng"), Map.of("name_eng", "😀".repeat(300)));
    assertThat(letter.subject()).isEqualTo("Code, " + "😀".repeat(200));
  }

  @Test
  @DisplayName("each language that has templates is used once, in the person's order")
  void joins() {
    Map<String, String> variables = Map.of("otp", "7", "name_fra", "Zoé", "name_ara", "زوي");
    List<String> languages = List.of("fra", "deu", "ara", "fra");
    Letter mail = letters.compose(OTP, EMAIL, "a@b.test", languages, variables);
    assertThat(mail.subject()).isEqualTo("Code, Zoé / Code, زوي");
    assertThat(mail.text()).isEqualTo("fra 7\n\nara 7");
    Letter sms = letters.compose(OTP, PHONE, "1", languages, variables);
    assertThat(sms).isEqualTo(new Letter(PHONE, "1", "", "fra 7\nara 7"));
  }

  @Test
  @DisplayName("a person without a usable language gets the default ones")
  void defaults() {
    Letter letter = letters.compose(OTP, PHONE, "1", List.of("deu"), Map.of("otp", "7"));
    assertThat(letter.text()).isEqualTo("eng 7\nfra 7");
  }

  @Test
  @DisplayName("outcome and factors are put into words where the language has them")
  void words() {
    Map<String, String> variables =
        Map.of("outcome", "passed", "authType", "otp,demo,bio", "partner", "Bank");
    assertThat(letters.compose(NOTICE, PHONE, "1", List.of("fra"), variables).text())
        .isEqualTo("fra réussie by code, données, bio at Bank");
    assertThat(letters.compose(NOTICE, PHONE, "1", List.of("ara"), variables).text())
        .isEqualTo("ara passed by otp,demo,bio at Bank");
  }

  @Test
  @DisplayName("with a host set, a code to a phone ends in the WebOTP line, and nothing else does")
  void webOtp() {
    Letters forTheWeb = letters(Optional.of("id.example.org"));
    Map<String, String> variables = Map.of("otp", "123456");
    assertThat(forTheWeb.compose(OTP, PHONE, "1", List.of("eng"), variables).text())
        .isEqualTo("eng 123456\n@id.example.org #123456");
    assertThat(forTheWeb.compose(OTP, EMAIL, "a@b.test", List.of("eng"), variables).text())
        .doesNotContain("@");
    assertThat(forTheWeb.compose(NOTICE, PHONE, "1", List.of("eng"), variables).text())
        .doesNotContain("@");
  }

  @Test
  @DisplayName("a letter's toString shows neither address nor text")
  void silent() {
    assertThat(letters.compose(OTP, PHONE, "0123", List.of("eng"), Map.of("otp", "987654")))
        .asString()
        .doesNotContain("0123")
        .doesNotContain("987654");
  }
}
