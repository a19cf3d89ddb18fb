package io.watchword.core.audit;

import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

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
   * Verifies while others may write: a chain must reach at least the head that it had before the
   * walk, and at most the one that it has after it.
   *
   * @param seen heads from outside the database, in any order
   * @param progress told the number of records so far, now and then
   */
  public Report verify(List<SeenHead> seen, LongConsumer progress) {
    Map<String, ChainHead> before = heads();
    var walk = new Walk(seen, before, registered());
    String after = "";
    while (true) {
      List<Store.Entry<AuditRow>> page = store.scan(AuditRow.TABLE, after, PAGE);
      if (page.isEmpty()) {
        return walk.report(heads());
      }
      page.forEach(walk::take);
      after = page.getLast().id();
      progress.accept(walk.records);
    }
  }

  /** Chains by name, as the register tells; with the number at which they were closed, if so. */
  private Map<String, Optional<String>> registered() {
    Map<String, Optional<String>> chains = new TreeMap<>();
    String mine = AuditTrail.REGISTER + "/";
    String after = mine;
    while (true) {
      List<Store.Entry<AuditRow>> page = store.scan(AuditRow.TABLE, after, PAGE);
      for (Store.Entry<AuditRow> entry : page) {
        AuditRecord body = entry.row().body();
        if (!entry.id().startsWith(mine)) {
          return chains;
        }
        if (body != null && body.event() == AuditRecord.Event.CHAIN_OPENED) {
          chains.put(body.caller(), Optional.empty());
        } else if (body != null && body.event() == AuditRecord.Event.CHAIN_CLOSED) {
          chains.put(body.caller(), Optional.of(body.transaction()));
        }
      }
      if (page.isEmpty()) {
        return chains;
      }
      after = page.getLast().id();
    }
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
    private final Map<String, ChainHead> before;
    private final Map<String, Optional<String>> registered;
    private final List<String> faults = new ArrayList<>();
    private long records;
    private long erased;

    Walk(
        List<SeenHead> heads,
        Map<String, ChainHead> before,
        Map<String, Optional<String>> registered) {
      this.before = before;
      this.registered = registered;
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
      ChainHead head = before.get(chain);
      if (head != null && head.sequence() == sequence && !head.link().equals(link)) {
        faults.add("chain %s: its head is not that of record %d".formatted(chain, sequence));
      }
      for (SeenHead outside : seen.getOrDefault(chain, List.of())) {
        if (outside.sequence() == sequence && !outside.link().equals(link.value())) {
          faults.add(
              "chain %s: record %d is not the one that was seen outside the database"
                  .formatted(chain, sequence));
        }
      }
    }

    Report report(Map<String, ChainHead> after) {
      before.forEach((chain, head) -> compareHead(chain, sequence(chain) < head.sequence(), head));
      after.forEach((chain, head) -> compareHead(chain, sequence(chain) > head.sequence(), head));
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
      registered.forEach((chain, closedAt) ->
          closedAt
              .filter(last -> !last.equals(Long.toString(sequence(chain))))
              .ifPresent(last ->
                  faults.add(
                      "chain %s: closed at record %s, but ends at %d"
                          .formatted(chain, last, sequence(chain)))));
      checkRegister(after);
      return new Report(records, reached.size(), erased, List.copyOf(faults));
    }

    private void compareHead(String chain, boolean differs, ChainHead head) {
      if (differs) {
        faults.add(
            "chain %s: ends at record %d, its head says %d"
                .formatted(chain, sequence(chain), head.sequence()));
      }
    }

    /** A chain has a head as soon as it is in the register, and both come in one unit. */
    private void checkRegister(Map<String, ChainHead> after) {
      Set<String> chains = new TreeSet<>(reached.keySet());
      chains.addAll(registered.keySet());
      chains.addAll(before.keySet());
      for (String chain : chains) {
        if (!after.containsKey(chain)) {
          faults.add("chain %s: has no head".formatted(chain));
        }
        // One that was opened during the walk has no head before it and may be missed here.
        boolean old = before.containsKey(chain) || !after.containsKey(chain);
        if (old && !chain.equals(AuditTrail.REGISTER) && !registered.containsKey(chain)) {
          faults.add("chain %s: is not in the register".formatted(chain));
        }
      }
    }

    private long sequence(String chain) {
      Reached last = reached.get(chain);
      return last == null ? 0 : last.sequence();
    }
  }
}
