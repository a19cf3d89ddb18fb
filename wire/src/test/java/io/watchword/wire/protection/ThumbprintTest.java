package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract ida 3.3. */
class ThumbprintTest {

  private static final String HEX = Vectors.text("9.2.thumbprintHex");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "EA15",
        "6hXsa8ggPSp4iB4RLX7K/dC2UPsFGHCRr9ozLoIWC9U=",
        "6hXsa8ggPSp4iB4RLX7K_dC2UPsFGHCRr9ozLoIWC9U=\n",
        "6hXsa8ggPSp4iB4RLX7K_dC2UPsFGHCRr9ozLoIWC9V=",
        "6hXsa8ggPSp4iB4RLX7K_dC2UPsFGHCRr9ozLoIWCw==",
        " EA15EC6BC8203D2A78881E112D7ECAFDD0B650FB05187091AFDA332E82160BD5",
        "EA15EC6BC8203D2A78881E112D7ECAFDD0B650FB05187091AFDA332E82160BD"
      })
  void whatIsNotThirtyTwoBytesInAKnownFormIsRefused(String text) {
    assertThat(Thumbprint.parse(text)).isEmpty();
  }

  @Test
  void aThumbprintIsMadeOfUpperCaseDigitsOnly() {
    assertThatThrownBy(() -> new Thumbprint(HEX.toLowerCase(Locale.ROOT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allFormsOfARequestAreRead() {
    Thumbprint expected = Thumbprint.of(Vectors.certificate());
    assertThat(expected.hex()).isEqualTo(HEX);
    assertThat(Thumbprint.parse(HEX)).contains(expected);
    assertThat(Thumbprint.parse(HEX.toLowerCase(Locale.ROOT))).contains(expected);
    assertThat(Thumbprint.parse(Vectors.text("9.2.thumbprint"))).contains(expected);
    assertThat(Thumbprint.parse(Vectors.text("9.2.thumbprint").replace("=", "")))
        .contains(expected);
  }

  @Test
  void theFormsThatAreWrittenAreThoseOfTheContract() {
    Thumbprint thumbprint = Thumbprint.of(Vectors.certificate());
    assertThat(thumbprint.base64UrlPadded()).isEqualTo(Vectors.text("9.2.thumbprint")).hasSize(44);
    assertThat(thumbprint.base64Url()).isEqualTo("6hXsa8ggPSp4iB4RLX7K_dC2UPsFGHCRr9ozLoIWC9U");
  }
}
