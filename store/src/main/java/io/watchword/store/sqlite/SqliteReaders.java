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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Platform threads that read, each with one of the read-only connections. */
final class SqliteReaders implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteReaders.class);

  private final RowCodec codec;
  private final ThreadPoolExecutor threads;
  private final BlockingQueue<Reader> idle;

  SqliteReaders(SqliteFile file, Tables tables, RowCodec codec, int readers, int waiting)
      throws SQLException {
    this.codec = codec;
    this.idle = new ArrayBlockingQueue<>(readers);
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
    this.threads =
        new ThreadPoolExecutor(
            readers,
            readers,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().name("store-read-", 0).factory());
  }

  /** See {@link Store#read}. */
  <V> @Nullable V read(Key<V> key) {
    // A row is looked for on the reader's thread and decoded on the caller's.
    List<Object> found = on(reader -> reader.find(key));
    return found.isEmpty() ? null : codec.decode(key, found.getFirst());
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
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> carryOut(reading, answer));
    } catch (RejectedExecutionException e) {
      boolean closed = threads.isShutdown();
      throw new StoreUnavailable(
          closed ? Reason.CLOSED : Reason.BUSY,
          closed ? "the store is closed" : "too many reads are waiting",
          null);
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw new StoreUnavailable(Reason.FAILED, "a row could not be read", e.getCause());
    }
  }

  private <T> void carryOut(Reading<T> reading, CompletableFuture<T> answer) {
    Reader reader = idle.remove(); // there are as many readers as threads
    try {
      answer.complete(reading.with(reader));
    } catch (Throwable e) { // the caller waits, whatever happened
      reader.close(); // the driver has closed the statement that met an error; open anew
      answer.completeExceptionally(e);
    } finally {
      idle.add(reader);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    idle.forEach(Reader::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
        finds.put(table, opened.prepareStatement("SELECT body FROM " + name + " WHERE id = ?"));
        scans.put(
            table,
            opened.prepareStatement(
                "SELECT id, body FROM " + name + " WHERE id > ? ORDER BY id LIMIT ?"));
      }
    }

    List<Object> find(Key<?> key) throws SQLException {
      open();
      PreparedStatement find = statement(finds, key.table());
      find.setString(1, key.id());
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? List.of(TableStatements.body(row, 1, key.table().sealed())) : List.of();
      }
    }

    List<Found> scan(Table<?> table, String after, int limit) throws SQLException {
      open();
      PreparedStatement scan = statement(scans, table);
      scan.setString(1, after);
      scan.setInt(2, limit);
      List<Found> found = new ArrayList<>();
      try (ResultSet row = scan.executeQuery()) {
        while (row.next()) {
          found.add(new Found(row.getString(1), TableStatements.body(row, 2, table.sealed())));
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
