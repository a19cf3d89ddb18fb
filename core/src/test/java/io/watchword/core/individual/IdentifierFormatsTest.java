package io.watchword.core.individual;

import static io.watchword.core.individual.IdentifierType.HANDLE;
import static io.watchword.core.individual.IdentifierType.UIN;
import static io.watchword.core.individual.IdentifierType.VID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierFormatsTest {

  private final IdentifierFormats formats = IdentifierFormats.ida();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "2047631037",
        "204763103",
        "20476310388",
        "4370296312658179",
        "٢٠٤٧٦٣١٠٣٨",
        "@phone",
        "@@phone",
        "+919876543210@Phone",
        "+919876543210@mail",
        "+919876543210",
        "+910876543210@phone",
        "+9198765432101@phone",
        "+919876543210@phone@",
        "+919876543210@phone\n",
        "x+919876543210@phone",
        "\ud800@phone"
      })
  void whatHasNoValidShapeHasNoType(String identifier) {
    assertThat(formats.typeOf(identifier)).isEmpty();
  }

  @ParameterizedTest(name = "contract ida 2.6: {0} is a {1}")
  @CsvSource({
    "2047631038,UIN",
    "3974189657,UIN",
    "4370296312658178,VID",
    "+919876543210@phone,HANDLE",
    "+9112345678@phone,HANDLE"
  })
  void theTypeIsFoundFromTheIdentifier(String identifier, IdentifierType type) {
    assertThat(formats.typeOf(identifier)).contains(type);
  }

  @Test
  void aUinIsNotWellFormedAsAVidNorTheOtherWayRound() {
    assertThat(formats.wellFormed(VID, "2047631038")).isFalse();
    assertThat(formats.wellFormed(UIN, "4370296312658178")).isFalse();
    assertThat(formats.wellFormed(UIN, "2047631038")).isTrue();
    assertThat(formats.wellFormed(VID, "4370296312658178")).isTrue();
  }

  @Test
  void aDeclaredHandleIsNotCheckedAtAll() {
    assertThat(formats.wellFormed(HANDLE, "anything")).isTrue();
  }

  @Test
  void theLastAtSignDecidesTheTypeOfAHandle() {
    IdentifierFormats mail =
        IdentifierFormats.of(Set.of(10), 16, Map.of("@mail", "[a-z]+@[a-z.]+@mail"));
    assertThat(mail.typeOf("jo@test.io@mail")).contains(HANDLE);
    assertThat(mail.typeOf("jo@mail@test.io")).isEmpty();
  }

  @Test
  void noExpressionOfAnOperatorRunsOverALongText() {
    IdentifierFormats slow = IdentifierFormats.of(Set.of(10), 16, Map.of("@x", ".*@x"));
    assertThat(slow.typeOf("a".repeat(IdentifierFormats.LONGEST - 2) + "@x")).contains(HANDLE);
    assertThat(slow.typeOf("a".repeat(IdentifierFormats.LONGEST) + "@x")).isEmpty();
  }

  @Test
  void settingsThatCannotTellUinFromVidAreRefused() {
    assertThatThrownBy(() -> IdentifierFormats.of(Set.of(10, 16), 16, Map.of()))
        .hasMessageContaining("told apart");
    assertThatThrownBy(() -> IdentifierFormats.of(Set.of(), 16, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IdentifierFormats.of(Set.of(10), 1, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IdentifierFormats.of(Set.of(10), 16, Map.of("phone", "x")))
        .hasMessageContaining("postfix");
    assertThatThrownBy(() -> IdentifierFormats.of(Set.of(10), 16, Map.of("@phone", "(")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void severalUinLengthsMayBeAllowed() {
    IdentifierFormats both = IdentifierFormats.of(Set.of(10, 12), 16, Map.of());
    assertThat(both.typeOf("2047631038")).contains(UIN);
    String twelve = "67895645345";
    assertThat(both.typeOf(twelve + IdentifierFormats.checkDigit(twelve))).contains(UIN);
  }
}
