package io.watchword.store.group;

import io.watchword.core.unit.Key;
import io.watchword.store.RowCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a group leaves of one row, compared with what the engine loaded.
 *
 * @param body as {@link io.watchword.store.RowCodec#encode} made it; {@code null} for DELETE alone
 * @param uselessAfter milliseconds since 1970; {@code null} if the row stays
 */
public record Change(Key<?> key, Kind kind, @Nullable Object body, @Nullable Long uselessAfter) {

  /** How the row is written. */
  public enum Kind {
    /** The row was loaded and found absent. */
    CREATE,
    /** The row was not loaded; if it exists, the unit that inserted it fails. */
    INSERT,
    /** The row was loaded and found. */
    UPDATE,
    /** The same, and it is useless after the same time as before. */
    UPDATE_BODY,
    /** The row was loaded and found. */
    DELETE
  }

  /** About how many bytes the body has. */
  public int length() {
    return RowCodec.length(body);
  }

  /** The body of a change that is no DELETE. */
  public Object requireBody() {
    if (body == null) {
      throw new IllegalStateException("a deleted row has no body");
    }
    return body;
  }
}
