package io.watchword.core.individual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

  @Test
  void emptyAndOddTextsAreMaskedWithoutComplaint() {
    assertThat(Masks.mobile("")).isEmpty();
    assertThat(Masks.email("")).isEmpty();
    assertThat(Masks.identifier("")).isEmpty();
    assertThat(Masks.email("@")).isEqualTo("@");
    assertThat(Masks.email("james")).isEqualTo("XXmXX");
    assertThat(Masks.mobile("1")).isEqualTo("X");
    assertThat(Masks.identifier("1234")).isEqualTo("XXXX");
  }

  @Test
  void onlyTheFirstAtSignEndsTheMaskedPart() {
    assertThat(Masks.email("abcd@ef@test.io")).isEqualTo("XXcX@ef@test.io");
  }

  @Test
  void noMaskCutsACharacterInTwo() {
    assertThat(Masks.email("a😀😀b@test.io")).isEqualTo("XX😀X@test.io");
    assertThat(Masks.mobile("😀😀😀")).isEqualTo("XX😀");
  }

  @ParameterizedTest(name = "contract ida 9.5: mobile {0} is shown as {1}")
  @CsvSource({"8763740607,XXXXXX0607", "+919876543210,XXXXXXX543210", "12345,XXX45"})
  void mobileNumbersAreMaskedAsInTheContract(String number, String masked) {
    assertThat(Masks.mobile(number)).isEqualTo(masked);
  }

  @ParameterizedTest(name = "contract ida 9.5: email {0} is shown as {1}")
  @CsvSource({"james@test.io,XXmXX@test.io", "ab@x.y,XX@x.y", "abcdefghi@d.com,XXcXXfXXi@d.com"})
  void mailAddressesAreMaskedAsInTheContract(String address, String masked) {
    assertThat(Masks.email(address)).isEqualTo(masked);
  }

  @ParameterizedTest(name = "contract ida 6.6: id {0} is shown as {1}")
  @CsvSource({"2047631038,XXXXXXXX38", "4370296312658178,XXXXXXXX12658178"})
  void theFirstEightCharactersOfAnIdentifierAreHidden(String identifier, String masked) {
    assertThat(Masks.identifier(identifier)).isEqualTo(masked);
  }
}
