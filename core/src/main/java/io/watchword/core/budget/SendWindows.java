package io.watchword.core.budget;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts events in windows that open with the first of them and close after their length; the next
 * event then opens a new one. All counters of one subject stand in one row.
 *
 * @param open by the counter's name; one that is closed may still be there
 */
public record SendWindows(Map<String, Window> open) {

  /** Keyed by a kind of subject, a slash, and which one it is. */
  public static final Table<SendWindows> TABLE = Table.clear("send_windows", SendWindows.class);

  public SendWindows {
    open = Map.copyOf(open);
  }

  /**
   * @param closesAt from this instant on it counts no more
   * @param count events in it
   */
  public record Window(Instant closesAt, int count) {

    private boolean closed(Instant now) {
      return !now.isBefore(closesAt);
    }
  }

  /**
   * A counter, its length and its limit.
   *
   * @param key the row that counts
   * @param name which counter it is, without whose: for refusals, logs and the audit
   * @param length of the window
   * @param most events in one window
   */
  public record Limit(Key<SendWindows> key, String name, Duration length, int most) {

    /** Whether another event would be one too many. Does not count it. */
    public boolean full(Rows rows, Instant now) {
      Window window = open(rows).get(name);
      return window != null && !window.closed(now) && window.count() >= most;
    }

    /** Counts one event. */
    public void count(Rows rows, Instant now) {
      var open = new HashMap<>(open(rows));
      open.values().removeIf(window -> window.closed(now));
      open.compute(name, (_, window) -> next(window, now));
      Instant last =
          open.values().stream().map(Window::closesAt).max(Instant::compareTo).orElse(now);
      rows.put(key, new SendWindows(open), last);
    }

    private Window next(@Nullable Window window, Instant now) {
      return window == null
          ? new Window(now.plus(length), 1)
          : new Window(window.closesAt(), window.count() + 1);
    }

    private Map<String, Window> open(Rows rows) {
      SendWindows row = rows.get(key);
      return row == null ? Map.of() : row.open();
    }
  }
}
