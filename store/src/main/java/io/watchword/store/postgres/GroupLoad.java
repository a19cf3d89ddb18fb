package io.watchword.store.postgres;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import io.watchword.store.group.Group;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads and locks the rows of one group, in one round trip and in the order of their keys. */
final class GroupLoad {

  private GroupLoad() {}

  static void lock(Connection connection, Group group) throws SQLException {
    Map<String, List<Key<?>>> tables = new TreeMap<>();
    for (Key<?> key : group.keys()) {
      tables.computeIfAbsent(key.table().name(), name -> new ArrayList<>()).add(key);
    }
    if (tables.isEmpty()) {
      return;
    }
    List<String> sql = new ArrayList<>();
    for (String name : tables.keySet()) {
      sql.add(
          "SELECT id, body, useless_after FROM "
              + PostgresDatabase.quoted(name)
              + " WHERE id = ANY (?) ORDER BY id FOR UPDATE");
    }
    try (PreparedStatement statement = connection.prepareStatement(String.join(";", sql))) {
      int next = 1;
      for (List<Key<?>> keys : tables.values()) {
        Object[] ids = keys.stream().map(Key::id).toArray();
        statement.setArray(next++, connection.createArrayOf("text", ids));
      }
      statement.execute();
      for (List<Key<?>> keys : tables.values()) {
        try (ResultSet rows = statement.getResultSet()) {
          take(rows, keys.getFirst().table(), group);
        }
        statement.getMoreResults();
      }
    }
  }

  private static void take(ResultSet rows, Table<?> table, Group group) throws SQLException {
    while (rows.next()) {
      Object body = body(rows, 2, table);
      group.found(table.key(rows.getString(1)), body, rows.getObject(3, Long.class));
    }
  }

  static Object body(ResultSet row, int column, Table<?> table) throws SQLException {
    return table.sealed() ? row.getBytes(column) : row.getString(column);
  }
}
