package io.watchword.core.audit;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Counts refusals of callers who were not let in, and writes one record for each minute, door and
 * reason: a stranger who knocks a million times must not fill the audit, and must not go unseen.
 *
 * <p>What a stranger claims to be is not kept, so memory is bounded by the number of reasons. While
 * the store cannot write, a count goes on beyond its minute rather than being lost. A process that
 * dies loses the counts of its last minute. Thread-safe.
 */
public final class RefusalTally {

  /** Stands for all reasons beyond the first 64 of a door. */
  public static final String OTHER = "other";

  private static final int MOST_REASONS = 64;
  private static final int MOST_ENDED = 256;

  private final Store store;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Map<Place, Count> running = new HashMap<>();
  private final List<Count> ended = new ArrayList<>();

  public RefusalTally(Store store, AuditTrail audit, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  private record Place(String door, String reason) {}

  /**
   * @param minute in which it began
   * @param last when the last of them was refused
   */
  private record Count(Place place, Instant minute, Instant last, long refusals) {

    Count more(Instant now) {
      return new Count(place, minute, now.isAfter(last) ? now : last, refusals + 1);
    }

    boolean over(Instant now) {
      return !now.isBefore(minute.plus(1, ChronoUnit.MINUTES));
    }

    AuditRecord record() {
      return new AuditRecord(
          minute,
          AuditRecord.Event.REFUSALS,
          place.door(),
          "",
          null,
          "",
          place.reason(),
          List.of("count=" + refusals, "last=" + last),
          "");
    }
  }

  /**
   * Counts one refusal.
   *
   * @param door wire format, such as {@code ida}
   * @param reason one of the door's own few, nothing that the caller can choose
   */
  public synchronized void count(String door, String reason) {
    Instant now = clock.instant();
    var place = new Place(door, reason);
    if (!running.containsKey(place) && running.size() >= MOST_REASONS) {
      place = new Place(door, OTHER);
    }
    Count before = running.get(place);
    if (before != null && before.over(now) && ended.size() < MOST_ENDED) {
      ended.add(before);
      before = null;
    }
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    running.put(place, before == null ? new Count(place, minute, now, 1) : before.more(now));
  }

  /**
   * Writes the counts whose minute is over.
   *
   * @throws StoreUnavailable if they could not be written; they are kept for the next time. If it
   *     cannot be told whether they were, the same records may be written again
   */
  public void writeEnded() {
    write(false);
  }

  /** Writes all counts, at the end of the process. Throws as {@link #writeEnded} does. */
  public void writeAll() {
    write(true);
  }

  private void write(boolean all) {
    List<Count> counts = take(all);
    if (counts.isEmpty()) {
      return;
    }
    boolean written = false;
    try {
      store.commit(new Recording(counts.stream().map(Count::record).toList()));
      written = true;
    } finally {
      if (!written) {
        putBack(counts);
      }
    }
  }

  private synchronized List<Count> take(boolean all) {
    Instant now = clock.instant();
    var counts = new ArrayList<>(ended);
    ended.clear();
    if (!all && counts.size() >= MOST_ENDED) {
      return counts; // what may have to be put back must stay within the bound
    }
    for (Iterator<Count> each = running.values().iterator(); each.hasNext(); ) {
      Count count = each.next();
      if (all || count.over(now)) {
        counts.add(count);
        each.remove();
      }
    }
    return counts;
  }

  /** What was counted meanwhile comes after them. */
  private synchronized void putBack(List<Count> counts) {
    ended.addAll(0, counts);
  }

  private final class Recording implements Unit<Boolean> {
    private final List<AuditRecord> records;

    private Recording(List<AuditRecord> records) {
      this.records = records;
    }

    @Override
    public Collection<Key<?>> keys() {
      return List.of(audit.head());
    }

    @Override
    public Boolean apply(Rows rows) {
      records.forEach(record -> audit.append(rows, record));
      return true;
    }
  }
}
