package io.watchword.core.individual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckDigitTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "2047631037",
        "204763103 ",
        " 2047631038",
        "204763103a",
        "-047631038",
        // Arabic-Indic and full-width digits: digits to Unicode, not to the contract
        "٢٠٤٧٦٣١٠٣٨",
        "２０４７６３１０３８",
        "2047631038\n",
        "\ud800\udc002047631038"
      })
  void anythingButDigitsWithTheirCheckDigitIsInvalid(String text) {
    assertThat(IdentifierFormats.endsInCheckDigit(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12 ", "12x", "٣"})
  void noCheckDigitIsMadeOverAnythingButDigits(String text) {
    assertThatThrownBy(() -> IdentifierFormats.checkDigit(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("12");
  }

  @ParameterizedTest(name = "contract ida 9.5: {0} is valid")
  @ValueSource(strings = {"2047631038", "3974189657", "4370296312658178"})
  void theValidNumbersOfTheContractAreValid(String digits) {
    assertThat(IdentifierFormats.endsInCheckDigit(digits)).isTrue();
  }

  @ParameterizedTest(name = "contract ida 9.5: the check digit of {0} is {1}")
  @CsvSource({"204763103,8", "437029631265817,8", "123456789,0", "236,3"})
  void theCheckDigitsOfTheContractAreMade(String digits, int check) {
    assertThat(IdentifierFormats.checkDigit(digits)).isEqualTo(check);
  }

  @Test
  void everySingleWrongDigitAndEverySwapOfUnequalNeighboursIsFound() {
    var random = new Random(20260101);
    for (int round = 0; round < 200; round++) {
      StringBuilder digits = new StringBuilder();
      int length = 1 + random.nextInt(18);
      for (int i = 0; i < length; i++) {
        digits.append((char) ('0' + random.nextInt(10)));
      }
      String valid = digits.toString() + IdentifierFormats.checkDigit(digits.toString());
      assertThat(IdentifierFormats.endsInCheckDigit(valid)).isTrue();
      assertNeighboursOfValidAreInvalid(valid);
    }
  }

  private static void assertNeighboursOfValidAreInvalid(String valid) {
    for (int i = 0; i < valid.length(); i++) {
      for (char c = '0'; c <= '9'; c++) {
        if (c != valid.charAt(i)) {
          assertThat(
                  IdentifierFormats.endsInCheckDigit(
                      valid.substring(0, i) + c + valid.substring(i + 1)))
              .isFalse();
        }
      }
      if (i > 0 && valid.charAt(i) != valid.charAt(i - 1)) {
        String swapped =
            valid.substring(0, i - 1)
                + valid.charAt(i)
                + valid.charAt(i - 1)
                + valid.substring(i + 1);
        assertThat(IdentifierFormats.endsInCheckDigit(swapped)).isFalse();
      }
    }
  }
}
