package io.watchword.core.unit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rows of one unit, as they are inside it: what it put before is what it gets afterwards. */
public interface Rows {

  /**
   * The row, or {@code null} if there is none.
   *
   * @throws IllegalStateException if the unit did not name the key
   */
  <V> @Nullable V get(Key<V> key);

  /**
   * Writes a row that stays until it is written again or deleted.
   *
   * @throws IllegalStateException if the unit did not name the key
   */
  <V> void put(Key<V> key, V row);

  /**
   * Writes a row that nobody needs after an instant. {@link Store#sweep} may then remove it, but
   * may be late: a rule that depends on time must look at the clock, not at the row's presence.
   *
   * @throws IllegalStateException if the unit did not name the key
   */
  <V> void put(Key<V> key, V row, Instant uselessAfter);

  /**
   * Removes a row; nothing happens if there is none.
   *
   * @throws IllegalStateException if the unit did not name the key
   */
  void delete(Key<?> key);

  /**
   * Adds a row under an id that the unit has just computed and therefore could not name, such as
   * the next record of an audit chain. If a row of that id exists already, the whole unit fails.
   */
  <V> void insert(Key<V> key, V row);
}
