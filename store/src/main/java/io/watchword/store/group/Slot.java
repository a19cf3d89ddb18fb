package io.watchword.store.group;

import io.watchword.core.unit.Key;
import io.watchword.store.RowCodec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row while its group runs. */
final class Slot {

  /** What the engine found before the group ran. */
  enum Origin {
    ABSENT,
    PRESENT,
    NOT_LOADED
  }

  private final Key<?> key;
  private Origin origin;
  private @Nullable Object stored;
  private @Nullable Object row;
  private @Nullable Instant uselessAfter;
  private boolean changed;

  Slot(Key<?> key, Origin origin) {
    this.key = key;
    this.origin = origin;
  }

  void found(Object body) {
    origin = Origin.PRESENT;
    stored = body;
  }

  boolean present() {
    return row != null || stored != null;
  }

  boolean absentAndUntouched() {
    return origin == Origin.ABSENT && row == null;
  }

  /** Decodes when first asked: many rows are only overwritten. */
  @Nullable Object row(RowCodec codec) {
    if (row == null && stored != null) {
      row = codec.decode(key, stored);
    }
    return row;
  }

  void set(@Nullable Object newRow, @Nullable Instant newUselessAfter) {
    stored = null;
    row = newRow;
    uselessAfter = newUselessAfter;
    changed = true;
  }

  /** What is left to write, or {@code null}. */
  @Nullable Change change(RowCodec codec) {
    if (!changed) {
      return null;
    }
    if (row == null) {
      return origin == Origin.PRESENT ? new Change(key, Change.Kind.DELETE, null, null) : null;
    }
    Change.Kind kind =
        switch (origin) {
          case ABSENT -> Change.Kind.CREATE;
          case PRESENT -> Change.Kind.UPDATE;
          case NOT_LOADED -> Change.Kind.INSERT;
        };
    return new Change(key, kind, codec.encode(key, row), millis());
  }

  private @Nullable Long millis() {
    if (uselessAfter == null) {
      return null;
    }
    long floor = uselessAfter.toEpochMilli();
    return Instant.ofEpochMilli(floor).equals(uselessAfter) ? floor : floor + 1;
  }
}
