package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract ida 3.1: URL alphabet only, padding optional, white space refused. */
class Base64UrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab+d",
        "ab/d",
        "ab d",
        "abcd\n",
        " abcd",
        "abcd ",
        "ab\tcd",
        "ab\r\ncd",
        "abc=d",
        "=abc",
        "a",
        "abcde",
        "ab=",
        "abc==",
        "abcd=",
        "abcd====",
        "=",
        "====",
        "ab=c",
        "ab.d",
        "é000",
        "ab\u0000d"
      })
  void whatIsNotBase64UrlIsRefused(String text) {
    assertThatThrownBy(() -> Base64Url.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not base64url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AB", "AB==", "AAB", "AAB=", "A_", "AA-"})
  void aSecondSpellingOfTheSameBytesIsRefused(String text) {
    assertThatThrownBy(() -> Base64Url.decode(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void paddingMayBeThereOrNot() {
    byte[] expected = {(byte) 0xfb};
    assertThat(Base64Url.decode("-w")).isEqualTo(expected);
    assertThat(Base64Url.decode("-w==")).isEqualTo(expected);
    assertThat(Base64Url.decode("")).isEmpty();
  }

  @Test
  void everyArrayComesBackFromBothForms() {
    Random random = new Random(20260101);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(70)];
      random.nextBytes(bytes);
      assertThat(Base64Url.decode(Base64Url.encode(bytes))).isEqualTo(bytes);
      assertThat(Base64Url.decode(Base64Url.encodePadded(bytes))).isEqualTo(bytes);
      assertThat(Base64Url.encodePadded(bytes).length() % 4).isZero();
      assertThat(Base64Url.encode(bytes)).doesNotContain("=", "+", "/");
    }
  }

  @Test
  void whateverDecodesIsTheOnlySpelling() {
    Random random = new Random(7);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int accepted = 0;
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(9); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(64)));
      }
      try {
        byte[] bytes = Base64Url.decode(text.toString());
        accepted++;
        assertThat(Base64Url.encode(bytes)).isEqualTo(text.toString());
      } catch (IllegalArgumentException refused) {
        assertThat(text.length() % 4).isNotZero();
      }
    }
    assertThat(accepted).isGreaterThan(1_000);
  }
}
