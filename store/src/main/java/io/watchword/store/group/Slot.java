package io.watchword.store.group;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.store.RowCodec;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row while its group runs. */
final class Slot {

  /** What the engine found before the group ran. */
  enum Origin {
    ABSENT,
    PRESENT,
    NOT_LOADED
  }

  /**
   * Sweeping has time, so rows come due on the quarter of an hour: one that is written again within
   * minutes then keeps its place in the index of what is useless when.
   */
  private static final long GRAIN = Store.SWEEP_GRAIN.toMillis();

  private final Key<?> key;
  private Origin origin;
  private @Nullable Object stored;
  private @Nullable Object row;
  private @Nullable Instant uselessAfter;
  private @Nullable Long loadedUselessAfter;
  private boolean changed;
  private boolean known;
  private int length;

  Slot(Key<?> key, Origin origin) {
    this.key = key;
    this.origin = origin;
  }

  void found(Object body, @Nullable Long storedUselessAfter) {
    origin = Origin.PRESENT;
    stored = body;
    length = RowCodec.length(body);
    loadedUselessAfter = storedUselessAfter;
  }

  void known(@Nullable Object kept, @Nullable Long storedUselessAfter) {
    origin = kept == null ? Origin.ABSENT : Origin.PRESENT;
    row = kept;
    loadedUselessAfter = storedUselessAfter;
    known = true;
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
    Object body = codec.encode(key, row);
    length = RowCodec.length(body);
    Long millis = millis();
    if (kind == Change.Kind.UPDATE && Objects.equals(millis, loadedUselessAfter)) {
      kind = Change.Kind.UPDATE_BODY;
    }
    return new Change(key, kind, body, millis);
  }

  /** Tells what the row is now, if that was not known before. */
  void learned(Group.Learned learned) {
    boolean undecoded = row == null && stored != null;
    boolean asBefore = known && !changed;
    if (origin != Origin.NOT_LOADED && !undecoded && !asBefore) {
      learned.row(key, row, row == null ? 0 : length, changed ? millis() : loadedUselessAfter);
    }
  }

  private @Nullable Long millis() {
    if (uselessAfter == null) {
      return null;
    }
    return (Math.floorDiv(uselessAfter.toEpochMilli(), GRAIN) + 1) * GRAIN;
  }
}
