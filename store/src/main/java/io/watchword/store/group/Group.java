package io.watchword.store.group;

import io.watchword.core.unit.Key;
import io.watchword.store.RowCodec;
import io.watchword.store.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Units that commit together, and their rows in memory. An engine uses it once: it loads the rows
 * of {@link #keys}, calls {@link #run}, writes {@link #changes}, commits, and calls {@link
 * #settle}. Each unit sees what earlier ones of the group did; one that throws leaves no trace.
 */
public final class Group {

  private final List<Submission<?>> submissions;
  private final Tables tables;
  private final RowCodec codec;
  private final Map<Key<?>, Slot> slots = new HashMap<>();

  public Group(List<Submission<?>> submissions, Tables tables, RowCodec codec) {
    this.submissions = submissions;
    this.tables = tables;
    this.codec = codec;
    for (Submission<?> submission : submissions) {
      for (Key<?> key : submission.keys()) {
        slots.computeIfAbsent(key, k -> new Slot(k, Slot.Origin.ABSENT));
      }
    }
  }

  /** The rows to load, each once, in no order. */
  public Iterable<Key<?>> keys() {
    return List.copyOf(slots.keySet());
  }

  /** How many units are in it. */
  public int size() {
    return submissions.size();
  }

  /**
   * Tells that a row of {@link #keys} exists.
   *
   * @param body what the {@code body} column holds: a {@code String}, or bytes if it is sealed
   * @param uselessAfter what the {@code useless_after} column holds
   */
  public void found(Key<?> key, Object body, @Nullable Long uselessAfter) {
    slot(key).found(body, uselessAfter);
  }

  /**
   * Tells what a row of {@link #keys} is, instead of loading it.
   *
   * @param row as decoded; {@code null} if there is none
   */
  public void known(Key<?> key, @Nullable Object row, @Nullable Long uselessAfter) {
    slot(key).known(row, uselessAfter);
  }

  private Slot slot(Key<?> key) {
    Slot slot = slots.get(key);
    if (slot == null) {
      throw new IllegalArgumentException("nobody asked for this row");
    }
    return slot;
  }

  /** Runs every unit, in the order in which they came. */
  public void run() {
    for (Submission<?> submission : submissions) {
      UnitRows rows = new UnitRows(this, submission);
      if (submission.run(rows)) {
        rows.edits().forEach(this::take);
      }
    }
  }

  private void take(Key<?> key, UnitRows.Edit edit) {
    slots
        .computeIfAbsent(key, k -> new Slot(k, Slot.Origin.NOT_LOADED))
        .set(edit.row(), edit.uselessAfter());
  }

  /**
   * What is left to write, by table and id, so that two nodes lock in the same order.
   *
   * @throws IllegalArgumentException if a row has no JSON form
   */
  public List<Change> changes() {
    Map<Key<?>, Change> changes = new TreeMap<>();
    for (Map.Entry<Key<?>, Slot> entry : slots.entrySet()) {
      Change change = entry.getValue().change(codec);
      if (change != null) {
        changes.put(entry.getKey(), change);
      }
    }
    return List.copyOf(changes.values());
  }

  /**
   * Rows that were loaded, found absent, and are absent still. Where others write too, an engine
   * must make sure that nobody has created one meanwhile: a unit may have decided by its absence.
   */
  public List<Key<?>> stillAbsent() {
    List<Key<?>> keys = new ArrayList<>();
    slots.forEach((key, slot) -> {
      if (slot.absentAndUntouched()) {
        keys.add(key);
      }
    });
    keys.sort(null);
    return keys;
  }

  /** Hears of a row. */
  public interface Learned {

    /**
     * @param row {@code null} if there is none
     * @param length about how many bytes it has in its column
     * @param uselessAfter milliseconds since 1970
     */
    void row(Key<?> key, @Nullable Object row, int length, @Nullable Long uselessAfter);
  }

  /**
   * Tells what the rows of {@link #keys} are once the group is committed, as far as it found out:
   * not those that it already knew, and not those that no unit looked at.
   */
  public void learned(Learned learned) {
    slots.values().forEach(slot -> slot.learned(learned));
  }

  /** Tells every caller what came of its unit. To be called after the commit. */
  public void settle() {
    submissions.forEach(Submission::settle);
  }

  /** What a unit fails with that inserts a row under an id that is taken. */
  public static IllegalStateException exists(Key<?> key) {
    return new IllegalStateException(
        "the row " + key.table().name() + '/' + key.id() + " exists already");
  }

  Tables tables() {
    return tables;
  }

  boolean present(Key<?> key) {
    Slot slot = slots.get(key);
    return slot != null && slot.present();
  }

  @Nullable Object row(Key<?> key) {
    Slot slot = slots.get(key);
    return slot == null ? null : slot.row(codec);
  }
}
