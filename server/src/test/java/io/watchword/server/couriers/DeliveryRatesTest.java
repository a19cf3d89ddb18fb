package io.watchword.server.couriers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeliveryRatesTest {

  private static final String ONE = "+22990000001";
  private static final String SAME_PREFIX = "+22990000002";
  private static final String OTHER = "+918763740607";

  private Instant now = Instant.parse("2026-01-05T10:00:00Z");
  private final DeliveryRates rates =
      new DeliveryRates(new UndeliveredSettings(10, 20, Duration.ofHours(1)), () -> now);
  private int next;

  private void letters(int count, boolean arrived) {
    for (int i = 0; i < count; i++) {
      String id = "id-" + next++;
      rates.sent("smsc", id, ONE);
      rates.reported("smsc", id, arrived);
    }
  }

  @Test
  @DisplayName("when too few arrive, numbers that begin alike get no more, and others do")
  void stops() {
    letters(9, false);
    assertThat(rates.admits(SAME_PREFIX)).isTrue();
    letters(1, false);
    assertThat(rates.admits(SAME_PREFIX)).isFalse();
    assertThat(rates.admits(OTHER)).isTrue();
    assertThat(rates.stopped()).isEqualTo(1);
    assertThat(rates.refused()).isEqualTo(1);
  }

  @Test
  @DisplayName("a share of 20 % is enough, one less is not")
  void share() {
    letters(2, true);
    letters(8, false);
    assertThat(rates.admits(ONE)).isTrue();
    letters(1, false);
    assertThat(rates.admits(ONE)).isFalse();
  }

  @Test
  @DisplayName("reports are forgotten after the window, not before half of it")
  void window() {
    letters(10, false);
    now = now.plus(Duration.ofMinutes(59));
    assertThat(rates.admits(ONE)).isFalse();
    now = now.plus(Duration.ofMinutes(2));
    assertThat(rates.admits(ONE)).isTrue();
    assertThat(rates.stopped()).isZero();
  }

  @Test
  @DisplayName("a report that comes before the answer counts, one of nobody's letter never does")
  void order() {
    for (int i = 0; i < 10; i++) {
      rates.reported("smsc", "early-" + i, false);
      rates.reported("smsc", "foreign-" + i, false);
      rates.reported("other", "early-" + i, true);
    }
    assertThat(rates.admits(ONE)).isTrue();
    for (int i = 0; i < 10; i++) {
      rates.sent("smsc", "early-" + i, ONE);
    }
    assertThat(rates.admits(ONE)).isFalse();
  }

  @Test
  @DisplayName("an id in hexadecimal digits is the one that is reported in decimal ones")
  void twoSpellings() {
    for (int i = 0; i < 5; i++) {
      rates.sent("smsc", "00ABCDE" + i, ONE);
      rates.reported("smsc", Long.toString(0xABCDE0L + i), false);
      rates.sent("smsc", Long.toString(5_000_000_000L + i), ONE);
      rates.reported("smsc", Long.toHexString(5_000_000_000L + i), false);
    }
    assertThat(rates.admits(ONE)).isFalse();
  }

  @Test
  @DisplayName("zero turns the limit off")
  void off() {
    var open = new DeliveryRates(UndeliveredSettings.OFF, () -> now);
    for (int i = 0; i < 100; i++) {
      open.sent("smsc", "id-" + i, ONE);
      open.reported("smsc", "id-" + i, false);
    }
    assertThat(open.admits(ONE)).isTrue();
  }
}
