package io.watchword.matching.finger;

import static org.assertj.core.api.Assertions.assertThat;

import com.machinezoo.sourceafis.FingerprintCompatibility;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to right records: they are read or refused, at once, and nothing else happens.
 */
class FingerRecordMutationTest {

  private static final int MUTATIONS = Integer.getInteger("finger.mutations", 100_000);
  private static final int[] TELLING = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};

  @Test
  void mutatedRecordsAreReadOrRefusedInBoundedTimeAndMemory() {
    Random random = new Random(7);
    List<byte[]> right = right(random);
    right.forEach(FingerRecord::read); // loads what is loaded once
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int read = 0;
    int given = 0;
    long slowest = 0;
    long largest = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutated(right.get(random.nextInt(right.size())), random);
      long bytes = memory.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      FingerRecord record = FingerRecord.read(mutated);
      slowest = Math.max(slowest, System.nanoTime() - start);
      largest = Math.max(largest, memory.getCurrentThreadAllocatedBytes() - bytes);
      if (record instanceof MinutiaeTemplate template) {
        read++;
        if (read % 20 == 0) {
          given++;
          FingerprintCompatibility.importTemplate(template.toRecord());
        }
      }
    }
    System.out.printf(
        "%,d mutated records: %,d read, slowest %.1f ms, largest %,d bytes%n",
        MUTATIONS, read, slowest / 1e6, largest);
    // Both ways must be walked, or the mutations are too wild or too tame.
    assertThat(read).isBetween(MUTATIONS / 50, MUTATIONS - MUTATIONS / 50);
    assertThat(given).isPositive();
    assertThat(largest).isLessThan(150_000);
    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(1));
  }

  private static List<byte[]> right(Random random) {
    List<byte[]> right = new ArrayList<>();
    for (int count : new int[] {0, 1, 17, 40, 120}) {
      right.add(Records.edition2005(random.nextInt(11), Records.minutiae(random, count), 0));
      right.add(Records.edition2005(random.nextInt(11), Records.minutiae(random, count), 30));
      right.add(Records.edition2011(random.nextInt(11), Records.minutiae(random, count), 30));
    }
    right.add(Records.image2005(80, 70, 0, new byte[80 * 70]));
    right.add(Records.image2011(80, 70, 0, new byte[80 * 70]));
    return right;
  }

  private static byte[] mutated(byte[] record, Random random) {
    byte[] mutated = record.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      int at = random.nextInt(Math.max(1, random.nextBoolean() ? mutated.length : 64));
      if (at >= mutated.length) {
        continue;
      }
      switch (random.nextInt(6)) {
        case 0 -> mutated[at] = (byte) random.nextInt();
        case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> mutated[at] = (byte) TELLING[random.nextInt(TELLING.length)];
        case 3 -> mutated[at] += (byte) (random.nextBoolean() ? 1 : -1);
        case 4 -> mutated = random.nextInt(4) == 0 ? Arrays.copyOf(mutated, at + 1) : mutated;
        default -> {
          int length = random.nextInt(1 + Math.min(16, mutated.length - at));
          int from = random.nextInt(1 + mutated.length - length);
          System.arraycopy(record, Math.min(from, record.length - length), mutated, at, length);
        }
      }
    }
    return mutated;
  }
}
