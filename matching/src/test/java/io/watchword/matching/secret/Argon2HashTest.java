package io.watchword.matching.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.secret.SlowHash.Busy;
import io.watchword.matching.secret.Argon2Hash.Costs;
import io.watchword.matching.secret.Argon2Hash.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class Argon2HashTest {

  private static final Costs CHEAP = new Costs(64, 1, 1);

  private final Argon2Hash hash = new Argon2Hash(CHEAP, Room.ofCores(2), new Random(7));

  @Test
  void anotherSecretOrNoHashDoesNotMatch() throws Busy {
    String stored = hash.of("right");
    assertThat(hash.matches(stored, "wrong")).isFalse();
    assertThat(hash.matches(stored, "")).isFalse();
    assertThat(hash.matches(null, "right")).isFalse();
    assertThat(hash.matches(null, "")).isFalse();
  }

  @Test
  void whatIsStoredBeginsWithNoPartOfTheSecretAndDiffersEachTime() throws Busy {
    String stored = hash.of("right");
    assertThat(hash.matches(stored, "right")).isTrue();
    assertThat(hash.of("right")).isNotEqualTo(stored);
    assertThat(stored).startsWith("$argon2id$v=19$m=64,t=1,p=1$").doesNotContain("right");
  }

  @Test
  void aHashThatIsNoneOfOursIsADefectAndNotAMismatch() {
    assertThatThrownBy(() -> hash.matches("$2a$10$abcdefghijklmnopqrstuv", "right"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() ->
            hash.matches(
                "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHRzYWx0$"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "right"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16. */
  @Test
  void aHashOfTheReferenceImplementationIsUnderstood() throws Busy {
    assertThat(
            hash.matches(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                    + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password"))
        .isTrue();
  }

  @Test
  void whoeverFindsTheQueueFullIsTurnedAwayAtOnce() throws Exception {
    var small =
        new Argon2Hash(
            new Costs(16 * 1024, 8, 1), new Room(1, 1, Duration.ofSeconds(30)), new Random(7));
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(() -> {
        try {
          return small.matches(null, "x");
        } catch (Busy e) {
          return true;
        }
      });
    }
    int busy = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(all)) {
        busy += each.get() ? 1 : 0;
      }
    }
    assertThat(busy).isBetween(1, 7);
  }
}
