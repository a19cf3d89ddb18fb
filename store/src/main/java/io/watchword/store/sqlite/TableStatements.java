package io.watchword.store.sqlite;

import io.watchword.core.unit.Table;
import io.watchword.store.group.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The writer's prepared statements for one table. */
final class TableStatements {

  private final boolean sealed;
  private final PreparedStatement find;
  private final Batch create;
  private final Batch update;
  private final Batch updateBody;
  private final Batch delete;
  private final PreparedStatement sweep;

  TableStatements(Connection connection, Table<?> table) throws SQLException {
    String name = SqliteFile.quoted(table.name());
    this.sealed = table.sealed();
    this.find = connection.prepareStatement(StoredRow.query(name));
    this.create =
        new Batch(
            connection, "INSERT INTO " + name + " (body, useless_after, id) VALUES (?, ?, ?)");
    this.update =
        new Batch(connection, "UPDATE " + name + " SET body = ?, useless_after = ? WHERE id = ?");
    this.updateBody = new Batch(connection, "UPDATE " + name + " SET body = ? WHERE id = ?");
    this.delete = new Batch(connection, "DELETE FROM " + name + " WHERE id = ?");
    this.sweep =
        connection.prepareStatement(
            "DELETE FROM "
                + name
                + " WHERE id IN (SELECT id FROM "
                + name
                + " WHERE useless_after < ? ORDER BY useless_after LIMIT ?)");
  }

  @Nullable StoredRow find(String id) throws SQLException {
    return StoredRow.find(find, id, sealed);
  }

  void add(Change change) throws SQLException {
    switch (change.kind()) {
      case CREATE, INSERT -> addRow(create, change);
      case UPDATE -> addRow(update, change);
      case UPDATE_BODY -> {
        setBody(updateBody.statement, change);
        updateBody.statement.setString(2, change.key().id());
        updateBody.add();
      }
      case DELETE -> {
        delete.statement.setString(1, change.key().id());
        delete.add();
      }
    }
  }

  private void addRow(Batch batch, Change change) throws SQLException {
    PreparedStatement statement = batch.statement;
    setBody(statement, change);
    Long uselessAfter = change.uselessAfter();
    if (uselessAfter == null) {
      statement.setNull(2, Types.BIGINT);
    } else {
      statement.setLong(2, uselessAfter);
    }
    statement.setString(3, change.key().id());
    batch.add();
  }

  private void setBody(PreparedStatement statement, Change change) throws SQLException {
    if (sealed) {
      statement.setBytes(1, (byte[]) change.requireBody());
    } else {
      statement.setString(1, (String) change.requireBody());
    }
  }

  /** Carries out what was added. */
  void write() throws SQLException {
    delete.write();
    update.write();
    updateBody.write();
    create.write();
  }

  int sweep(long beforeMillis, int limit) throws SQLException {
    sweep.setLong(1, beforeMillis);
    sweep.setInt(2, limit);
    return sweep.executeUpdate();
  }

  private static final class Batch {
    final PreparedStatement statement;
    private boolean pending;

    Batch(Connection connection, String sql) throws SQLException {
      this.statement = connection.prepareStatement(sql);
    }

    void add() throws SQLException {
      statement.addBatch();
      pending = true;
    }

    void write() throws SQLException {
      if (pending) {
        pending = false;
        statement.executeBatch();
      }
    }
  }
}
