package io.watchword.bench;

import io.watchword.bench.Ledger.Entry;
import io.watchword.bench.Ledger.State;
import io.watchword.server.Platform;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * {@code kill -9} under load, again and again on one data folder, and after each: is all there that
 * was acknowledged, can no code pass twice, do the audit's chains hold?
 *
 * <p>A code counts as kept if it passes after the restart; one that was accepted before the crash,
 * or is accepted after it, must not pass again. People are not fictitious: their codes come by
 * mail.
 */
final class CrashBenchmark {

  private static final int SHORTEST_MILLIS = 600;
  private static final int POLL_MILLIS = 10;

  private final Options options;
  private final PrintStream out;

  /**
   * How it runs.
   *
   * @param kills how often the server is killed
   * @param millis the longest time of load before it is
   * @param people each is asked about once
   * @param seconds after which no other load begins
   */
  record Options(int kills, int callers, int millis, int people, int seconds) {}

  CrashBenchmark(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * What one kill left.
   *
   * @param sends that were acknowledged since the kill before
   * @param accepted decisions that were
   * @param checked codes that were given back after the restart
   * @param lost acknowledgements whose rows are gone or whose code does not pass
   * @param twice codes that passed again
   * @param faults of the audit
   */
  record Round(int sends, int accepted, int checked, int lost, int twice, List<String> faults) {
    boolean sound() {
      return lost == 0 && twice == 0 && faults.isEmpty();
    }
  }

  /** Runs in an empty folder; the damage is done to it on the way. */
  List<Round> run(Path folder, List<Damage> damage) throws IOException, InterruptedException {
    try (var sink = new SmtpSink()) {
      Site site =
          Site.make(
              folder,
              options.people(),
              false,
              """
              couriers:
                mail:
                  - {name: sink, host: 127.0.0.1, port: %d, security: none, from: id@bench.test}
              """
                  .formatted(sink.port()));
      var ledger = new Ledger();
      var load = new CrashLoad(site, sink, ledger, options.callers());
      return run(site, load, ledger, damage);
    }
  }

  private List<Round> run(Site site, CrashLoad load, Ledger ledger, List<Damage> damage)
      throws IOException, InterruptedException {
    var random = new SplittableRandom();
    List<Round> rounds = new ArrayList<>();
    int before = 0;
    int known = 0;
    long end = System.nanoTime() + options.seconds() * 1_000_000_000L;
    ServerProcess server = ServerProcess.start(site, List.of());
    try {
      for (int kill = 1; kill <= options.kills() && System.nanoTime() < end; kill++) {
        var running = load.start(server.url());
        Thread.sleep(random.nextInt(SHORTEST_MILLIS, options.millis() + 1));
        awaitWork(ledger, known, running);
        if (load.left() <= 0) {
          throw new IOException("every person was asked about before the kill; take more people");
        }
        server.kill();
        running.end();
        List<Entry> fresh = ledger.after(known);
        int accepted = count(fresh, State.ACCEPTED);
        AfterCrash.Found found = look(site, ledger, damage, kill);
        server = ServerProcess.start(site, List.of());
        Round round = check(server.url(), load, found, fresh, ledger.after(before), accepted);
        report(kill, round);
        rounds.add(round);
        before = known;
        known = ledger.size();
      }
    } finally {
      server.kill();
    }
    return rounds;
  }

  /**
   * A server that has just started is slow: without anything acknowledged nothing would be tried.
   */
  private void awaitWork(Ledger ledger, int known, CrashLoad.Running running)
      throws InterruptedException {
    while (!running.ended()
        && (count(ledger.after(known), State.ACCEPTED) < options.callers()
            || count(ledger.after(known), State.SENT) == 0)) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static AfterCrash.Found look(Site site, Ledger ledger, List<Damage> damage, int kill) {
    try (Platform platform = site.open()) {
      String partner = site.party().partner();
      for (Damage each : damage) {
        if (kill == 1) {
          each.afterFirst(platform, partner, ledger.all());
        } else if (kill == 2) {
          each.afterSecond(platform, partner);
        }
      }
      return AfterCrash.look(platform, partner, ledger.all());
    }
  }

  /**
   * @param fresh codes of this round
   * @param recent those, and the codes of the round before
   */
  private static Round check(
      String url,
      CrashLoad load,
      AfterCrash.Found found,
      List<Entry> fresh,
      List<Entry> recent,
      int accepted)
      throws IOException, InterruptedException {
    List<Entry> unspent = fresh.stream().filter(e -> e.state() == State.SENT).toList();
    List<Entry> unknown = fresh.stream().filter(e -> e.state() == State.UNKNOWN).toList();
    int lost = found.lost() + unspent.size() - load.giveAll(url, unspent);
    load.giveAll(url, unknown);
    int twice = found.spentAgain() + load.giveAll(url, recent);
    return new Round(
        fresh.size(),
        accepted,
        unspent.size() + unknown.size() + recent.size(),
        lost,
        twice,
        found.audit().faults());
  }

  private static int count(List<Entry> entries, State state) {
    return (int) entries.stream().filter(entry -> entry.state() == state).count();
  }

  /**
   * Kills with nothing damaged.
   *
   * @return whether every round was sound
   */
  boolean holds(Path folder) throws IOException, InterruptedException {
    out.printf("crash: kill -9 under the load of %d callers, one data folder%n", options.callers());
    List<Round> rounds = run(folder, List.of());
    boolean sound = rounds.stream().allMatch(Round::sound);
    out.printf(
        "  %d of %d kills: %d sends and %d decisions acknowledged, lost=%d, passed twice=%d: %s%n",
        rounds.size(),
        options.kills(),
        rounds.stream().mapToInt(Round::sends).sum(),
        rounds.stream().mapToInt(Round::accepted).sum(),
        rounds.stream().mapToInt(Round::lost).sum(),
        rounds.stream().mapToInt(Round::twice).sum(),
        sound ? "nothing acknowledged was lost" : "FAILED");
    return sound && !rounds.isEmpty();
  }

  /**
   * Does each kind of damage on purpose.
   *
   * @return whether each was found, and nothing else
   */
  boolean findsDamage(Path folder) throws IOException, InterruptedException {
    boolean all = true;
    int number = 0;
    for (Damage damage : Damage.kinds()) {
      out.printf("crash, self-test: %s%n", damage);
      boolean found = damage.foundIn(run(folder.resolve("damage-" + ++number), List.of(damage)));
      out.printf("  %s%n", found ? "found" : "NOT FOUND");
      all &= found;
    }
    return all;
  }

  private void report(int kill, Round round) {
    out.printf(
        "  kill %2d: %4d sends and %4d decisions acknowledged, %4d codes checked,"
            + " lost=%d, passed twice=%d, audit %s%n",
        kill,
        round.sends(),
        round.accepted(),
        round.checked(),
        round.lost(),
        round.twice(),
        round.faults().isEmpty() ? "sound" : "BROKEN: " + round.faults().getFirst());
  }
}
