package io.watchword.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrandTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:15:30.123Z");

  private static Errand notice(Map<String, String> variables) {
    return Errand.notice("0123abcd", "person", variables, NOW);
  }

  @Test
  @DisplayName("an errand cannot hold a code")
  void noCode() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> notice(Map.of("otp", "123456")))
        .withMessageNotContaining("123456");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a/b",
        "1234567890123456789012345678901234567890123456789012345678901234x"
      })
  @DisplayName("an id of another form is refused")
  void badId(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Errand.notice(id, "person", Map.of(), NOW));
  }

  @Test
  @DisplayName(
      "too many variables are refused; a long value is cut, so that no decision fails by it")
  void limits() {
    Map<String, String> many =
        IntStream.range(0, 21).boxed().collect(Collectors.toMap(i -> "v" + i, i -> ""));
    assertThatIllegalArgumentException().isThrownBy(() -> notice(many));
    assertThat(notice(Map.of("partner", "x".repeat(500))).variables().get("partner")).hasSize(200);
  }

  @Test
  @DisplayName("its key sorts by the time at which it is due, then by id")
  void key() {
    Errand errand = notice(Map.of());
    Errand later = errand.again(NOW.plusMillis(1), List.of(Channel.PHONE), "why");
    assertThat(Errands.key(errand).id()).isEqualTo("%016x-0123abcd".formatted(NOW.toEpochMilli()));
    assertThat(Errands.key(errand)).isLessThan(Errands.key(later));
    assertThat(later.again(NOW, List.of(Channel.PHONE, Channel.EMAIL), "").served())
        .containsExactly(Channel.PHONE, Channel.EMAIL);
  }

  @Test
  @DisplayName("its toString shows neither the person nor the variables")
  void silent() {
    assertThat(notice(Map.of("partner", "Bank")).toString())
        .doesNotContain("person")
        .doesNotContain("Bank");
  }
}
