package io.watchword.core.unit;

import java.util.regex.Pattern;

/**
 * A kind of row.
 *
 * @param name the table's name in every engine, lower case with underscores
 * @param type the record that a row holds; an engine keeps it as JSON, so a record may gain members
 *     that have a default ({@code null}, zero, empty), and may never change the meaning of one
 * @param sealed whether the engine seals the row (AES-GCM under the data key) before it writes;
 *     true for whatever says something about a person that a reader of the file must not learn
 */
public record Table<V>(String name, Class<V> type, boolean sealed) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,39}");

  public Table {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a table name: " + name);
    }
  }

  public static <V> Table<V> clear(String name, Class<V> type) {
    return new Table<>(name, type, false);
  }

  public static <V> Table<V> sealed(String name, Class<V> type) {
    return new Table<>(name, type, true);
  }

  /** The key of one row of this table. */
  public Key<V> key(String id) {
    return new Key<>(this, id);
  }
}
