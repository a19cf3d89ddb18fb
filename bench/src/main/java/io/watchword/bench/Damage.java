package io.watchword.bench;

import io.watchword.bench.Ledger.Entry;
import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.code.CodeSlot;
import io.watchword.core.code.SentTransactions;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import io.watchword.server.Platform;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a server that loses things would leave behind, done on purpose between two starts to prove
 * that it would be found. Each is for one run.
 */
abstract sealed class Damage {

  /** One of each kind. */
  static List<Damage> kinds() {
    return List.of(new CodeLost(), new SendLost(), new RecordLost(), new CodeBack());
  }

  /** Between the first crash and the next start. */
  abstract void afterFirst(Platform platform, String partner, List<Entry> entries);

  /** Between the second crash and the next start. */
  void afterSecond(Platform platform, String partner) {}

  /** Whether the rounds tell of just this damage. */
  boolean foundIn(List<CrashBenchmark.Round> rounds) {
    CrashBenchmark.Round first = rounds.getFirst();
    return first.lost() == 1 && first.twice() == 0 && first.faults().isEmpty();
  }

  /** An acknowledged code is forgotten. */
  private static final class CodeLost extends Damage {
    @Override
    void afterFirst(Platform platform, String partner, List<Entry> entries) {
      Entry entry = first(entries, Ledger.State.SENT);
      Key<CodeSlot> slot = AfterCrash.binding(entry, partner).slot(platform.keyring());
      change(platform, slot, rows -> rows.delete(slot));
    }

    @Override
    public String toString() {
      return "a code that was acknowledged is gone";
    }
  }

  /** An acknowledged send is forgotten. */
  private static final class SendLost extends Damage {
    @Override
    void afterFirst(Platform platform, String partner, List<Entry> entries) {
      Entry entry = first(entries, Ledger.State.ACCEPTED);
      Key<SentTransactions> sent = AfterCrash.place(platform, entry, partner).key();
      change(platform, sent, rows -> rows.delete(sent));
    }

    @Override
    public String toString() {
      return "a send that was acknowledged is forgotten";
    }
  }

  /** The record of an acknowledged decision is gone. */
  static final class RecordLost extends Damage {
    private static final int PAGE = 1_000;

    @Override
    void afterFirst(Platform platform, String partner, List<Entry> entries) {
      String request = first(entries, Ledger.State.ACCEPTED).acceptRequest();
      String after = "";
      while (true) {
        List<Store.Entry<AuditRow>> page = platform.store().scan(AuditRow.TABLE, after, PAGE);
        for (Store.Entry<AuditRow> row : page) {
          AuditRecord record = row.row().body();
          if (record != null && record.request().equals(request)) {
            Key<AuditRow> key = AuditRow.TABLE.key(row.id());
            change(platform, key, rows -> rows.delete(key));
            return;
          }
        }
        after = page.getLast().id();
      }
    }

    @Override
    boolean foundIn(List<CrashBenchmark.Round> rounds) {
      CrashBenchmark.Round first = rounds.getFirst();
      return first.lost() == 1 && first.twice() == 0 && !first.faults().isEmpty();
    }

    @Override
    public String toString() {
      return "the record of an acknowledged decision is gone";
    }
  }

  /** A spent code is as it was before. */
  static final class CodeBack extends Damage {
    private @Nullable Entry chosen;
    private @Nullable CodeSlot unspent;

    @Override
    void afterFirst(Platform platform, String partner, List<Entry> entries) {
      chosen = first(entries, Ledger.State.SENT);
      unspent = platform.store().read(AfterCrash.binding(chosen, partner).slot(platform.keyring()));
    }

    @Override
    void afterSecond(Platform platform, String partner) {
      Entry entry = chosen;
      CodeSlot before = unspent;
      if (entry == null || before == null) {
        throw new NoSuchElementException("there was no code to bring back");
      }
      Key<CodeSlot> slot = AfterCrash.binding(entry, partner).slot(platform.keyring());
      change(platform, slot, rows -> rows.put(slot, before));
    }

    @Override
    boolean foundIn(List<CrashBenchmark.Round> rounds) {
      return rounds.getFirst().sound() && rounds.get(1).twice() == 1;
    }

    @Override
    public String toString() {
      return "a code that was spent is back";
    }
  }

  private static Entry first(List<Entry> entries, Ledger.State state) {
    return entries.stream()
        .filter(entry -> entry.state() == state)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no code is " + state));
  }

  private static void change(Platform platform, Key<?> key, Consumer<Rows> change) {
    platform
        .store()
        .commit(
            new Unit<Boolean>() {
              @Override
              public Collection<Key<?>> keys() {
                return List.of(key);
              }

              @Override
              public Boolean apply(Rows rows) {
                change.accept(rows);
                return true;
              }
            });
  }
}
