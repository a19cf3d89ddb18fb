package io.watchword.store.group;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of one unit: its own edits over what its group has so far. */
final class UnitRows implements Rows {

  /**
   * @param row {@code null} deletes
   */
  record Edit(@Nullable Object row, @Nullable Instant uselessAfter) {}

  private final Group group;
  private final Submission<?> submission;
  private final Map<Key<?>, Edit> edits = new LinkedHashMap<>();

  UnitRows(Group group, Submission<?> submission) {
    this.group = group;
    this.submission = submission;
  }

  /** What the unit changed, to be taken over if it came to its end. */
  Map<Key<?>, Edit> edits() {
    return edits;
  }

  @Override
  public <V> @Nullable V get(Key<V> key) {
    requireNamed(key);
    Edit edit = edits.get(key);
    Object row = edit != null ? edit.row() : group.row(key);
    return key.table().type().cast(row);
  }

  @Override
  public <V> void put(Key<V> key, V row) {
    requireNamed(key);
    edits.put(key, new Edit(typed(key, row), null));
  }

  @Override
  public <V> void put(Key<V> key, V row, Instant uselessAfter) {
    requireNamed(key);
    edits.put(key, new Edit(typed(key, row), Objects.requireNonNull(uselessAfter)));
  }

  @Override
  public void delete(Key<?> key) {
    requireNamed(key);
    edits.put(key, new Edit(null, null));
  }

  @Override
  public <V> void insert(Key<V> key, V row) {
    group.tables().require(key);
    Edit edit = edits.get(key);
    boolean exists = edit != null ? edit.row() != null : group.present(key);
    if (exists) {
      IllegalStateException refusal = Group.exists(key);
      submission.refuse(refusal); // even if the unit catches what is thrown here
      throw refusal;
    }
    edits.put(key, new Edit(typed(key, row), null));
  }

  private static <V> V typed(Key<V> key, V row) {
    return key.table().type().cast(Objects.requireNonNull(row));
  }

  private void requireNamed(Key<?> key) {
    if (!submission.keys().contains(key)) {
      throw new IllegalStateException(
          "the unit did not name the row " + key.table().name() + '/' + key.id());
    }
  }
}
