package io.watchword.core.budget;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts events in a window that slides with the clock: a row holds the instant of each event that
 * the window may still cover. For counts up to some hundred; larger ones are a {@link SendWindows}.
 *
 * @param at oldest first
 */
public record Flood(List<Instant> at) {

  /** Keyed by what is counted. */
  public static final Table<Flood> TABLE = Table.clear("floods", Flood.class);

  public Flood {
    at = List.copyOf(at);
  }

  /**
   * A counter, its length and its limit.
   *
   * @param key the row that counts
   * @param window an event exactly this long ago still counts (contract ida 6.6, step 3)
   * @param most events in the window
   */
  public record Limit(Key<Flood> key, Duration window, int most) {

    /** Whether another event would be one too many. Does not count it. */
    public boolean full(Rows rows, Instant now) {
      return recent(rows, now).size() >= most;
    }

    /** Counts one event. */
    public void count(Rows rows, Instant now) {
      List<Instant> at = recent(rows, now);
      at.add(now);
      rows.put(key, new Flood(at), now.plus(window));
    }

    private List<Instant> recent(Rows rows, Instant now) {
      Flood row = rows.get(key);
      var recent = new ArrayList<Instant>();
      if (row != null) {
        row.at().stream().filter(at -> !at.isBefore(now.minus(window))).forEach(recent::add);
      }
      return recent;
    }
  }
}
