package io.watchword.store.postgres;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import io.watchword.store.group.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one group, carried out in one round trip.
 *
 * <p>A row that was absent when the group read it could not be locked, and another node may create
 * it meanwhile. So it is written with {@code ON CONFLICT DO NOTHING}, and a count that falls short
 * means that somebody was first and the group must run again. A row that is absent still is made
 * too, empty, and removed again in the same transaction: a unit may have decided by its absence,
 * and two nodes that each act on the absence of the other's row must not both commit. The unique
 * index makes the second of them wait for the first and then find the count short.
 *
 * <p>With that, every row that a unit named is held from before it counts until the commit, which
 * is two-phase locking: units behave as if they ran one after another. Serializable isolation would
 * give the same and was not taken: its predicate locks lie on index pages, so that groups of two
 * nodes that touch neighbouring new rows would fail each other all the time.
 */
final class GroupWrites {

  private final Map<String, OfTable> tables = new TreeMap<>();

  GroupWrites(List<Change> changes, List<Key<?>> stillAbsent) {
    for (Change change : changes) {
      OfTable of = of(change.key());
      switch (change.kind()) {
        case CREATE -> of.creates.add(change);
        case INSERT -> {
          of.creates.add(change);
          of.inserts.add(change.key().id());
        }
        case UPDATE, UPDATE_BODY -> of.updates.add(change);
        case DELETE -> of.deletes.add(change.key().id());
      }
    }
    for (Key<?> key : stillAbsent) {
      OfTable of = of(key);
      Object empty = key.table().sealed() ? new byte[0] : "";
      of.creates.add(new Change(key, Change.Kind.CREATE, empty, null));
      of.deletes.add(key.id());
    }
    tables.values().forEach(of -> of.creates.sort((a, b) -> a.key().compareTo(b.key())));
  }

  private OfTable of(Key<?> key) {
    return tables.computeIfAbsent(key.table().name(), name -> new OfTable(key.table()));
  }

  /** Whether every row that should be new was; else the transaction must be rolled back. */
  boolean carryOut(Connection connection) throws SQLException {
    List<String> sql = new ArrayList<>();
    tables.values().forEach(of -> of.tell(sql));
    if (sql.isEmpty()) {
      return true;
    }
    try (PreparedStatement statement = connection.prepareStatement(String.join(";", sql))) {
      int next = 1;
      for (OfTable of : tables.values()) {
        next = of.bind(connection, statement, next);
      }
      boolean isResult = statement.execute();
      boolean allNew = true;
      for (OfTable of : tables.values()) {
        if (!of.updates.isEmpty()) {
          isResult = statement.getMoreResults();
        }
        if (!of.creates.isEmpty()) {
          allNew &= !isResult && statement.getUpdateCount() == of.creates.size();
          isResult = statement.getMoreResults();
        }
        if (!of.deletes.isEmpty()) {
          isResult = statement.getMoreResults();
        }
      }
      return allNew;
    }
  }

  /**
   * An inserted row whose id was taken, or {@code null}. Asked after a rollback, to tell an insert
   * that can never succeed from a conflict that another run settles.
   */
  @Nullable Key<?> takenInsert(Connection connection) throws SQLException {
    for (OfTable of : tables.values()) {
      if (of.inserts.isEmpty()) {
        continue;
      }
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT id FROM " + of.name + " WHERE id = ANY (?)")) {
        statement.setArray(1, connection.createArrayOf("text", of.inserts.toArray()));
        try (ResultSet row = statement.executeQuery()) {
          if (row.next()) {
            return of.table.key(row.getString(1));
          }
        }
      }
    }
    return null;
  }

  private static final class OfTable {
    final Table<?> table;
    final String name;
    final List<Change> updates = new ArrayList<>();
    final List<Change> creates = new ArrayList<>();
    final List<String> inserts = new ArrayList<>();
    final List<String> deletes = new ArrayList<>();

    OfTable(Table<?> table) {
      this.table = table;
      this.name = PostgresDatabase.quoted(table.name());
    }

    void tell(List<String> sql) {
      String insert =
          "INSERT INTO "
              + name
              + " (id, body, useless_after) SELECT * FROM unnest(?::text[], ?::"
              + (table.sealed() ? "bytea" : "text")
              + "[], ?::bigint[]) ON CONFLICT (id) DO ";
      if (!updates.isEmpty()) {
        sql.add(insert + "UPDATE SET body = EXCLUDED.body, useless_after = EXCLUDED.useless_after");
      }
      if (!creates.isEmpty()) {
        sql.add(insert + "NOTHING");
      }
      if (!deletes.isEmpty()) {
        sql.add("DELETE FROM " + name + " WHERE id = ANY (?)");
      }
    }

    int bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
      int next = first;
      for (List<Change> rows : List.of(updates, creates)) {
        if (!rows.isEmpty()) {
          next = bindRows(connection, statement, next, rows);
        }
      }
      if (!deletes.isEmpty()) {
        statement.setArray(next++, connection.createArrayOf("text", deletes.toArray()));
      }
      return next;
    }

    private int bindRows(
        Connection connection, PreparedStatement statement, int first, List<Change> rows)
        throws SQLException {
      String[] ids = new String[rows.size()];
      Object[] bodies = table.sealed() ? new byte[rows.size()][] : new String[rows.size()];
      @Nullable Long[] ends = new Long[rows.size()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = rows.get(i).key().id();
        bodies[i] = rows.get(i).requireBody();
        ends[i] = rows.get(i).uselessAfter();
      }
      String bodyType = table.sealed() ? "bytea" : "text";
      statement.setArray(first, connection.createArrayOf("text", ids));
      statement.setArray(first + 1, connection.createArrayOf(bodyType, bodies));
      statement.setArray(first + 2, connection.createArrayOf("int8", ends));
      return first + 3;
    }
  }
}
