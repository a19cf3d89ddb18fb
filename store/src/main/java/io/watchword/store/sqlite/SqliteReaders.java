package io.watchword.store.sqlite;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.core.unit.Table;
import io.watchword.store.RowCodec;
import io.watchword.store.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that read. A caller reads on its own thread, with whatever connection is idle: a
 * look-up in the page cache is over sooner than another thread would have woken. The native call
 * holds the carrier of a virtual thread for that time, so only so many read at once.
 */
final class SqliteReaders implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteReaders.class);

  private final RowCodec codec;
  private final CommittedRows committed;
  private final int readers;
  private final BlockingQueue<Reader> idle;
  private final Semaphore room;
  private volatile boolean closed;

  /**
   * @param waiting how many more may wait for a connection
   */
  SqliteReaders(
      SqliteFile file,
      Tables tables,
      RowCodec codec,
      CommittedRows committed,
      int readers,
      int waiting)
      throws SQLException {
    this.codec = codec;
    this.committed = committed;
    this.readers = readers;
    this.idle = new ArrayBlockingQueue<>(readers);
    this.room = new Semaphore(readers + waiting);
    try {
      for (int i = 0; i < readers; i++) {
        Reader reader = new Reader(file, tables);
        idle.add(reader);
        reader.open();
      }
    } catch (SQLException e) {
      idle.forEach(Reader::close);
      throw e;
    }
  }

  /** See {@link Store#read}. */
  <V> @Nullable V read(Key<V> key) {
    if (closed) {
      throw closed();
    }
    CommittedRows.Kept kept = committed.find(key);
    if (kept != null) {
      return key.table().type().cast(kept.row());
    }
    long before = committed.state();
    // Decoded when the connection is free for others again.
    StoredRow found = on(reader -> reader.find(key)).orElse(null);
    if (found == null) {
      committed.read(key, CommittedRows.Kept.NONE, before);
      return null;
    }
    V row = codec.decode(key, found.body());
    committed.read(
        key,
        new CommittedRows.Kept(row, RowCodec.length(found.body()), found.uselessAfter()),
        before);
    return row;
  }

  /** See {@link Store#scan}. */
  <V> List<Store.Entry<V>> scan(Table<V> table, String after, int limit) {
    List<Found> found = on(reader -> reader.scan(table, after, limit));
    List<Store.Entry<V>> rows = new ArrayList<>(found.size());
    for (Found each : found) {
      rows.add(new Store.Entry<>(each.id(), codec.decode(table.key(each.id()), each.body())));
    }
    return rows;
  }

  private interface Reading<T> {
    T with(Reader reader) throws SQLException;
  }

  private <T> T on(Reading<T> reading) {
    if (!room.tryAcquire()) {
      throw new StoreUnavailable(Reason.BUSY, "too many reads are waiting", null);
    }
    try {
      Reader reader = take();
      try {
        if (closed) {
          throw closed();
        }
        return reading.with(reader);
      } catch (SQLException e) {
        reader.close(); // the driver has closed the statement that met the error; open anew
        throw new StoreUnavailable(Reason.FAILED, "a row could not be read", e);
      } finally {
        idle.add(reader);
      }
    } finally {
      room.release();
    }
  }

  private static StoreUnavailable closed() {
    return new StoreUnavailable(Reason.CLOSED, "the store is closed", null);
  }

  /** Waits without being interruptible, as commits do. */
  private Reader take() {
    boolean interrupted = false;
    while (true) {
      try {
        Reader reader = idle.take();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return reader;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  /** Lets those finish who read; who comes later is refused. */
  @Override
  public void close() {
    closed = true;
    List<Reader> all = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      Reader reader = take();
      reader.close();
      all.add(reader);
    }
    idle.addAll(all); // for who still waits, to be refused
  }

  private record Found(String id, Object body) {}

  /** One connection and its statements; opened when it is needed. */
  private static final class Reader {
    private final SqliteFile file;
    private final Tables tables;
    private final Map<Table<?>, PreparedStatement> finds = new HashMap<>();
    private final Map<Table<?>, PreparedStatement> scans = new HashMap<>();
    private @Nullable Connection connection;

    Reader(SqliteFile file, Tables tables) {
      this.file = file;
      this.tables = tables;
    }

    void open() throws SQLException {
      if (connection != null) {
        return;
      }
      Connection opened = file.reader();
      connection = opened;
      for (Table<?> table : tables.all()) {
        String name = SqliteFile.quoted(table.name());
        finds.put(table, opened.prepareStatement(StoredRow.query(name)));
        scans.put(
            table,
            opened.prepareStatement(
                "SELECT id, body FROM " + name + " WHERE id > ? ORDER BY id LIMIT ?"));
      }
    }

    Optional<StoredRow> find(Key<?> key) throws SQLException {
      open();
      PreparedStatement find = statement(finds, key.table());
      return Optional.ofNullable(StoredRow.find(find, key.id(), key.table().sealed()));
    }

    List<Found> scan(Table<?> table, String after, int limit) throws SQLException {
      open();
      PreparedStatement scan = statement(scans, table);
      scan.setString(1, after);
      scan.setInt(2, limit);
      List<Found> found = new ArrayList<>();
      try (ResultSet row = scan.executeQuery()) {
        while (row.next()) {
          found.add(new Found(row.getString(1), StoredRow.body(row, 2, table.sealed())));
        }
      }
      return found;
    }

    private static PreparedStatement statement(
        Map<Table<?>, PreparedStatement> statements, Table<?> table) {
      PreparedStatement found = statements.get(table);
      if (found == null) {
        throw new IllegalArgumentException("the store was not opened with " + table);
      }
      return found;
    }

    void close() {
      Connection opened = connection;
      connection = null;
      finds.clear();
      scans.clear();
      try {
        if (opened != null) {
          opened.close();
        }
      } catch (SQLException e) {
        LOG.warn("a reading connection did not close cleanly: {}", e.getMessage());
      }
    }
  }
}
