package io.watchword.store;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables that an engine was given; no other is touched. */
public final class Tables {

  /** Names of the engines' own tables. */
  private static final Set<String> RESERVED = Set.of("row_tables", "flyway_schema_history");

  private final Map<String, Table<?>> byName;
  private final List<Table<?>> all;

  /**
   * @throws IllegalArgumentException if two tables have the same name, or one that an engine needs
   */
  public Tables(List<Table<?>> tables) {
    Map<String, Table<?>> names = new HashMap<>();
    for (Table<?> table : tables) {
      if (RESERVED.contains(table.name())
          || table.name().startsWith("sqlite_")
          || table.name().startsWith("pg_")) {
        throw new IllegalArgumentException("an engine needs the name " + table.name());
      }
      if (names.put(table.name(), table) != null) {
        throw new IllegalArgumentException("two tables are named " + table.name());
      }
    }
    this.byName = Map.copyOf(names);
    this.all = List.copyOf(tables);
  }

  /** In the order in which they were given. */
  public List<Table<?>> all() {
    return all;
  }

  /**
   * @throws IllegalArgumentException if the engine was not given this table
   */
  public void require(Table<?> table) {
    if (!table.equals(byName.get(table.name()))) {
      throw new IllegalArgumentException("the store was not opened with the table " + table);
    }
  }

  /** What an engine fails with that finds a table kept in the other way, clear or sealed. */
  public static StoreUnavailable sealedOtherwise(Table<?> wanted, String place) {
    return new StoreUnavailable(
        StoreUnavailable.Reason.FAILED,
        "the table %s of %s is %s, and this program wants it %s"
            .formatted(
                wanted.name(),
                place,
                wanted.sealed() ? "clear" : "sealed",
                wanted.sealed() ? "sealed" : "clear"),
        null);
  }

  /**
   * @throws IllegalArgumentException if the engine was not given the key's table, or the id is none
   *     that both engines keep as it is: PostgreSQL has no NUL in text, and half a surrogate pair
   *     would become a question mark and meet another row
   */
  public void require(Key<?> key) {
    require(key.table());
    String id = key.id();
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < id.length()
          && Character.isLowSurrogate(id.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        throw new IllegalArgumentException("an id of " + key.table().name() + " is no proper text");
      }
    }
  }
}
