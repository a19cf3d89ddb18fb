package io.watchword.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row as the file has it.
 *
 * @param body a {@code String}, or bytes if the table is sealed
 * @param uselessAfter milliseconds since 1970, or {@code null}
 */
record StoredRow(Object body, @Nullable Long uselessAfter) {

  /** The query that {@link #find} runs. */
  static String query(String quotedTable) {
    return "SELECT body, useless_after FROM " + quotedTable + " WHERE id = ?";
  }

  static @Nullable StoredRow find(PreparedStatement query, String id, boolean sealed)
      throws SQLException {
    query.setString(1, id);
    try (ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      long uselessAfter = row.getLong(2);
      return new StoredRow(body(row, 1, sealed), row.wasNull() ? null : uselessAfter);
    }
  }

  static Object body(ResultSet row, int column, boolean sealed) throws SQLException {
    return sealed ? row.getBytes(column) : row.getString(column);
  }
}
