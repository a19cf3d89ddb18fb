package io.watchword.core.budget;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts events in a window that opens with the first of them and closes after its length; the next
 * event then opens a new one.
 */
public record SendWindow(Instant openedAt, int count) {

  /** Keyed by the counter's name, a slash, and whose it is. */
  public static final Table<SendWindow> TABLE = Table.clear("send_windows", SendWindow.class);

  /**
   * A counter, its length and its limit.
   *
   * @param key the row that counts
   * @param length of the window
   * @param most events in one window
   */
  public record Limit(Key<SendWindow> key, Duration length, int most) {

    /** Which counter it is, without whose: for refusals, logs and the audit. */
    public String name() {
      return key.id().substring(0, key.id().indexOf('/'));
    }

    /** Whether another event would be one too many. Does not count it. */
    public boolean full(Rows rows, Instant now) {
      SendWindow window = rows.get(key);
      return window != null && !over(window, now) && window.count() >= most;
    }

    /** Counts one event. */
    public void count(Rows rows, Instant now) {
      SendWindow window = rows.get(key);
      SendWindow next =
          window == null || over(window, now)
              ? new SendWindow(now, 1)
              : new SendWindow(window.openedAt(), window.count() + 1);
      rows.put(key, next, next.openedAt().plus(length));
    }

    private boolean over(SendWindow window, Instant now) {
      return !now.isBefore(window.openedAt().plus(length));
    }
  }
}
