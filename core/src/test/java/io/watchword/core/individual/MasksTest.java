package io.watchword.core.individual;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.delivery.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

  @Test
  void emptyAndOddTextsAreMaskedWithoutComplaint() {
    assertThat(Channel.PHONE.masked("")).isEmpty();
    assertThat(Channel.EMAIL.masked("")).isEmpty();
    assertThat(new Identifier(IdentifierType.UIN, "").masked()).isEmpty();
    assertThat(Channel.EMAIL.masked("@")).isEqualTo("@");
    assertThat(Channel.EMAIL.masked("james")).isEqualTo("XXmXX");
    assertThat(Channel.PHONE.masked("1")).isEqualTo("X");
    assertThat(new Identifier(IdentifierType.UIN, "1234").masked()).isEqualTo("XXXX");
  }

  @Test
  void onlyTheFirstAtSignEndsTheMaskedPart() {
    assertThat(Channel.EMAIL.masked("abcd@ef@test.io")).isEqualTo("XXcX@ef@test.io");
  }

  @Test
  void noMaskCutsACharacterInTwo() {
    assertThat(Channel.EMAIL.masked("a😀😀b@test.io")).isEqualTo("XX😀X@test.io");
    assertThat(Channel.PHONE.masked("😀😀😀")).isEqualTo("XX😀");
  }

  @ParameterizedTest(name = "contract ida 9.5: mobile {0} is shown as {1}")
  @CsvSource({"8763740607,XXXXXX0607", "+919876543210,XXXXXXX543210", "12345,XXX45"})
  void mobileNumbersAreMaskedAsInTheContract(String number, String masked) {
    assertThat(Channel.PHONE.masked(number)).isEqualTo(masked);
  }

  @ParameterizedTest(name = "contract ida 9.5: email {0} is shown as {1}")
  @CsvSource({"james@test.io,XXmXX@test.io", "ab@x.y,XX@x.y", "abcdefghi@d.com,XXcXXfXXi@d.com"})
  void mailAddressesAreMaskedAsInTheContract(String address, String masked) {
    assertThat(Channel.EMAIL.masked(address)).isEqualTo(masked);
  }

  @ParameterizedTest(name = "contract ida 6.6: id {0} is shown as {1}")
  @CsvSource({"2047631038,XXXXXXXX38", "4370296312658178,XXXXXXXX12658178"})
  void theFirstEightCharactersOfAnIdentifierAreHidden(String identifier, String masked) {
    assertThat(new Identifier(IdentifierType.UIN, identifier).masked()).isEqualTo(masked);
  }
}
