package io.watchword.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.fuzz.Fuzzer.Extent;
import io.watchword.server.fuzz.Fuzzer.Report;
import io.watchword.server.fuzz.Fuzzer.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever strangers send: it is read or refused by the types made for that, at once, and nobody is
 * let in. {@code -Dwatchword.fuzz.inputs=1000000} gives each target so many inputs; {@code
 * -Dwatchword.fuzz.targets=Cbeff,Finger} only those targets.
 */
class FuzzTest {

  private static final long SEED = Long.getLong("watchword.fuzz.seed", 20260105);
  private static final long INPUTS = Long.getLong("watchword.fuzz.inputs", 0);
  private static final List<String> TARGETS =
      List.of(System.getProperty("watchword.fuzz.targets", "IdentityV1,Cbeff,Finger").split(","));

  private static final Extent EXTENT =
      new Extent(SEED, INPUTS, INPUTS == 0 ? Duration.ofSeconds(3) : Duration.ZERO);

  private static Task task(String target) throws Exception {
    return switch (target) {
      case "IdentityV1" ->
          new Task(
              IdentityV1Target.class,
              IdentityV1Target.seeds(),
              Fuzzer.packages("server.identityv1", "wire.ida", "core.authentication", "core.code"),
              4_096,
              768);
      case "Cbeff" ->
          new Task(
              CbeffTarget.class, CbeffTarget.seeds(), Fuzzer.packages("wire.cbeff"), 8_192, 512);
      case "Finger" ->
          new Task(
              FingerTarget.class,
              FingerTarget.seeds(),
              Fuzzer.packages("matching.finger"),
              16_384,
              512);
      default -> throw new IllegalArgumentException("no target " + target);
    };
  }

  @Test
  void nothingThatStrangersSendDoesHarm() throws Exception {
    List<Fuzzer> all = new ArrayList<>();
    List<Report> reports = new ArrayList<>();
    try {
      for (String target : TARGETS) {
        all.add(Fuzzer.start(task(target), EXTENT));
      }
      for (Fuzzer each : all) {
        reports.add(each.await(INPUTS == 0 ? Duration.ofMinutes(2) : Duration.ofHours(12)));
      }
    } finally {
      all.forEach(Fuzzer::close);
    }
    reports.forEach(report -> System.out.println("-Dwatchword.fuzz.seed=" + SEED + " " + report));
    assertThat(reports.stream().filter(report -> !report.fault().isEmpty())).isEmpty();
    // The seeds alone reach more, or they have gone stale.
    assertThat(reports).allSatisfy(report -> assertThat(report.covered()).isGreaterThan(300));
  }

  /** Keeps the others honest. */
  @Test
  void whatDoesHarmIsFound() throws Exception {
    var task =
        new Task(
            PlantedTarget.class, List.of(new byte[16]), Fuzzer.packages("server.fuzz"), 64, 128);
    try (Fuzzer fuzzer = Fuzzer.start(task, new Extent(SEED, 2_000_000, Duration.ofSeconds(60)))) {
      assertThat(fuzzer.await(Duration.ofMinutes(2)).fault()).contains("planted");
    }
  }
}
