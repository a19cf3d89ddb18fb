package io.watchword.core.unit;

import java.util.Collection;

/**
 * One state change that commits whole or not at all.
 *
 * <p>A unit names its keys first and is then a pure function over those rows. It does no I/O, reads
 * no clock and draws no randomness, because an engine may run it again after a conflict; whatever
 * it needs of time and chance is passed to its constructor.
 */
public interface Unit<R> {

  /** The rows that {@link #apply} reads or writes; the same ones at every call. */
  Collection<Key<?>> keys();

  /**
   * Applies the core's rules to the rows and says what came of it. An exception leaves every row as
   * it was and is thrown to the caller of {@link Store#commit}.
   */
  R apply(Rows rows);
}
