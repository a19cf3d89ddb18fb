package io.watchword.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GuessesTest {

  private static final BudgetPolicy POLICY = BudgetPolicy.DEFAULT;

  private final MapRows rows = new MapRows();
  private Instant now = Instant.parse("2026-01-05T10:00:00Z");

  /** Guesses ten times, each time that the caller's own counter opens again. */
  private void guess(Guesses guesses, int rounds) {
    for (int round = 0; round < rounds; round++) {
      while (!guesses.shut(rows, now)) {
        guesses.wrong(rows, now);
      }
      now = now.plus(POLICY.shut().multipliedBy(1L << round)).plusSeconds(1);
    }
  }

  @Test
  @DisplayName("strangers who come back each time they may do not shut a person out elsewhere")
  void strangers() {
    Guesses office = Guesses.at(Guesses.Kind.CODE, "person", "office", POLICY);
    guess(Guesses.ofAnybody("person", "log-in", POLICY), 5);
    assertThat(office.shut(rows, now)).isFalse();
    assertThat(rows.get(office.everywhere().key()))
        .extracting(WrongCodes::count)
        .isEqualTo(POLICY.wrongPerPersonAndCaller());
  }

  @Test
  @DisplayName("a caller who has shown who it is counts everywhere, however often it was shut")
  void proven() {
    guess(Guesses.at(Guesses.Kind.CODE, "person", "office", POLICY), 3);
    Guesses bank = Guesses.at(Guesses.Kind.CODE, "person", "bank", POLICY);
    now = now.minus(POLICY.shut().multipliedBy(4)).minusSeconds(1);
    assertThat(bank.shut(rows, now)).isTrue();
  }

  @Test
  @DisplayName("after a day without a wrong code strangers count again")
  void forgotten() {
    Guesses strangers = Guesses.ofAnybody("person", "log-in", POLICY);
    guess(strangers, 1);
    now = now.plus(POLICY.forgotten()).plus(Duration.ofHours(1));
    guess(strangers, 1);
    assertThat(rows.get(strangers.everywhere().key()))
        .extracting(WrongCodes::count)
        .isEqualTo(POLICY.wrongPerPersonAndCaller());
    now = now.plus(Duration.ofMinutes(1));
    strangers.wrong(rows, now);
    assertThat(rows.get(strangers.everywhere().key()))
        .extracting(WrongCodes::count)
        .isEqualTo(POLICY.wrongPerPersonAndCaller());
  }

  @Test
  @DisplayName("all who claim a name share the door's counter, and no caller's id is its name")
  void oneCounter() {
    assertThat(Guesses.ofAnybody("person", "log-in", POLICY).atCaller().key())
        .isNotEqualTo(Guesses.at(Guesses.Kind.CODE, "person", "log-in", POLICY).atCaller().key());
  }

  private static final class MapRows implements Rows {
    private final Map<Key<?>, Object> rows = new HashMap<>();

    @Override
    @SuppressWarnings("unchecked") // a key's row is of the key's type
    public <V> @Nullable V get(Key<V> key) {
      return (V) rows.get(key);
    }

    @Override
    public <V> void put(Key<V> key, V row, Instant uselessAfter) {
      rows.put(key, row);
    }

    @Override
    public <V> void put(Key<V> key, V row) {
      rows.put(key, row);
    }

    @Override
    public <V> void insert(Key<V> key, V row) {
      rows.put(key, row);
    }

    @Override
    public void delete(Key<?> key) {
      rows.remove(key);
    }
  }
}
