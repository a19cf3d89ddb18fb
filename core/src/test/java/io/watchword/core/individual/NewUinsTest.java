package io.watchword.core.individual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract identity-v1 7.1, generation. */
class NewUinsTest {

  @ParameterizedTest
  @ValueSource(strings = {"829416370518", "760573421746", "2748916017", "7041952837"})
  void whatHasNoPatternIsPlain(String uin) {
    assertThat(NewUins.isPlain(uin)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0294163705", // begins with 0
        "1294163705", // begins with 1
        "9123705846", // 123
        "9321705846", // 321
        "9338170526", // 33
        "9383170526", // 383
        "9381705381", // 381 twice
        "6128423046", // 284: three even digits
        "805476874508", // 80547 and, backwards, 74508
        "6923786572", // 786
        "3647058450" // 470588, of the period of 1/17
      })
  void whatHasAPatternIsNot(String uin) {
    assertThat(NewUins.isPlain(uin)).isFalse();
  }
}
