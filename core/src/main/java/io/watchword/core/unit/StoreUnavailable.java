package io.watchword.core.unit;

import org.jspecify.annotations.Nullable;

/** The store could not do what was asked; its message is for the log and holds no row's content. */
public final class StoreUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why, and what the caller may conclude about its unit. */
  public enum Reason {
    /** The queue of waiting units is full: not tried, nothing changed, worth another call. */
    BUSY,
    /** Tried and rolled back (disk full, I/O error, conflict that would not settle). */
    FAILED,
    /** The store is closing or closed: not tried. */
    CLOSED,
    /** The connection was lost during the commit: it may or may not have happened. */
    UNKNOWN
  }

  private final Reason reason;

  public StoreUnavailable(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
