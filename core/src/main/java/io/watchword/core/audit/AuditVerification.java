package io.watchword.core.audit;

import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks every audit chain from its first record and names what is missing, altered or cut off.
 *
 * <p>What the database says of itself cannot show that records and head were cut off together; the
 * heads that were written to a file outside the database can, so they are given to {@link #verify}.
 */
public final class AuditVerification {

  private static final int PAGE = 1_000;

  private final Store store;
  private final Keyring keyring;

  public AuditVerification(Store store, Keyring keyring) {
    this.store = store;
    this.keyring = keyring;
  }

  /** A chain's head as it was seen at some time. */
  public record SeenHead(String chain, long sequence, String link) {}

  /**
   * What the walk found.
   *
   * @param records how many were verified
   * @param chains how many chains they form, the register among them
   * @param erased records whose body was erased, which is no fault
   * @param faults one sentence each; empty: every chain is whole
   */
  public record Report(long records, int chains, long erased, List<String> faults) {
    public boolean sound() {
      return faults.isEmpty();
    }
  }

  /**
   * @param seen heads from outside the database, in any order
   * @param progress told the number of records so far, now and then
   */
  public Report verify(List<SeenHead> seen, LongConsumer progress) {
    var walk = new Walk(seen);
    String after = "";
    while (true) {
      List<Store.Entry<AuditRow>> page = store.scan(AuditRow.TABLE, after, PAGE);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(walk::take);
      after = page.getLast().id();
      progress.accept(walk.records);
    }
    return walk.report(heads());
  }

  private Map<String, ChainHead> heads() {
    Map<String, ChainHead> heads = new TreeMap<>();
    String after = "";
    while (true) {
      List<Store.Entry<ChainHead>> page = store.scan(ChainHead.TABLE, after, PAGE);
      if (page.isEmpty()) {
        return heads;
      }
      page.forEach(entry -> heads.put(entry.id(), entry.row()));
      after = page.getLast().id();
    }
  }

  /** Where one chain has got to. */
  private record Reached(long sequence, Mac link) {}

  private final class Walk {
    private final Map<String, Reached> reached = new TreeMap<>();
    private final Map<String, List<SeenHead>> seen = new TreeMap<>();
    private final Map<String, @Nullable Long> registered = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private long records;
    private long erased;

    Walk(List<SeenHead> heads) {
      for (SeenHead head : heads) {
        seen.computeIfAbsent(head.chain(), _ -> new ArrayList<>()).add(head);
      }
    }

    void take(Store.Entry<AuditRow> entry) {
      records++;
      int slash = entry.id().lastIndexOf('/');
      if (slash < 1 || !entry.id().substring(slash + 1).matches("[0-9]{12}")) {
        faults.add("a record has the id \"" + entry.id() + "\", which no chain gives");
        return;
      }
      String chain = entry.id().substring(0, slash);
      long sequence = Long.parseLong(entry.id(), slash + 1, entry.id().length(), 10);
      Reached last = reached.getOrDefault(chain, new Reached(0, ChainHead.EMPTY.link()));
      if (sequence != last.sequence() + 1) {
        faults.add(
            "chain %s: records %d to %d are missing"
                .formatted(chain, last.sequence() + 1, sequence - 1));
      } else {
        check(chain, sequence, last, entry.row());
      }
      compareSeen(chain, sequence, entry.row().link());
      reached.put(chain, new Reached(sequence, entry.row().link()));
      noteRegister(chain, entry.row().body());
    }

    private void check(String chain, long sequence, Reached last, AuditRow row) {
      AuditRecord body = row.body();
      if (body == null) {
        erased++;
      } else if (!AuditTrail.digest(body).equals(row.digest())) {
        faults.add("chain %s: record %d was altered".formatted(chain, sequence));
      }
      if (!keyring.verify(
          Keyring.Purpose.AUDIT,
          row.link(),
          AuditTrail.linked(chain, sequence, last.link(), row.digest()))) {
        faults.add("chain %s: the link of record %d does not hold".formatted(chain, sequence));
      }
    }

    private void compareSeen(String chain, long sequence, Mac link) {
      for (SeenHead head : seen.getOrDefault(chain, List.of())) {
        if (head.sequence() == sequence && !head.link().equals(link.value())) {
          faults.add(
              "chain %s: record %d is not the one that was seen outside the database"
                  .formatted(chain, sequence));
        }
      }
    }

    private void noteRegister(String chain, @Nullable AuditRecord body) {
      if (!chain.equals(AuditTrail.REGISTER) || body == null) {
        return;
      }
      if (body.event() == AuditRecord.Event.CHAIN_OPENED) {
        registered.put(body.caller(), null);
      } else if (body.event() == AuditRecord.Event.CHAIN_CLOSED) {
        registered.put(body.caller(), Long.parseLong(body.transaction()));
      }
    }

    Report report(Map<String, ChainHead> heads) {
      heads.forEach((chain, head) -> {
        long last = sequence(chain);
        if (last != head.sequence()) {
          faults.add(
              "chain %s: ends at record %d, its head says %d"
                  .formatted(chain, last, head.sequence()));
        }
      });
      seen.forEach((chain, all) ->
          all.stream()
              .mapToLong(SeenHead::sequence)
              .max()
              .ifPresent(most -> {
                if (sequence(chain) < most) {
                  faults.add(
                      "chain %s: ends at record %d, but %d was seen outside the database"
                          .formatted(chain, sequence(chain), most));
                }
              }));
      registered.forEach((chain, closedAt) -> {
        if (closedAt != null && sequence(chain) != closedAt) {
          faults.add(
              "chain %s: closed at record %d, but ends at %d"
                  .formatted(chain, closedAt, sequence(chain)));
        }
      });
      for (String chain : reached.keySet()) {
        if (!chain.equals(AuditTrail.REGISTER) && !registered.containsKey(chain)) {
          faults.add("chain %s: is not in the register".formatted(chain));
        }
        if (!heads.containsKey(chain)) {
          faults.add("chain %s: has no head".formatted(chain));
        }
      }
      return new Report(records, reached.size(), erased, List.copyOf(faults));
    }

    private long sequence(String chain) {
      Reached last = reached.get(chain);
      return last == null ? 0 : last.sequence();
    }
  }
}
