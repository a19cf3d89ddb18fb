package io.watchword.store.sqlite;

import io.watchword.core.keys.Sealer;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import io.watchword.store.FolderLock;
import io.watchword.store.PageLimits;
import io.watchword.store.PrivateFiles;
import io.watchword.store.RowCodec;
import io.watchword.store.StoreCounters;
import io.watchword.store.Tables;
import io.watchword.store.group.CommitQueue;
import io.watchword.store.group.Tally;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rows in one SQLite file, {@code watchword.db}, in a folder that it has for itself. Every
 * group of units costs one sync of the write-ahead log.
 */
public final class SqliteStore implements Store {

  private final FolderLock lock;
  private final Tables tables;
  private final Tally tally = new Tally();
  private final SqliteReaders readers;
  private final SqliteCommitter committer;
  private final CommitQueue commits;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens the folder's database, and makes it and its tables if they are missing.
   *
   * @param tables every table that will be used
   * @param sealer seals the rows of the tables that ask for it
   * @throws StoreUnavailable with a message for the operator, if the folder is in use by another
   *     process or cannot be written, or if the database is of a newer version
   */
  public SqliteStore(SqliteSettings settings, List<Table<?>> tables, Sealer sealer) {
    this.tables = new Tables(tables);
    RowCodec codec = new RowCodec(sealer);
    try {
      this.lock = FolderLock.take(settings.folder());
    } catch (IOException e) {
      throw cannotOpen(settings, e);
    }
    Deque<AutoCloseable> opened = new ArrayDeque<>(List.of(lock));
    try {
      PrivateFiles.createIfMissing(settings.folder().resolve(SqliteFile.NAME));
      SqliteFile file = new SqliteFile(settings.folder());
      file.prepare(this.tables);
      var committed = new CommittedRows(settings.cacheBytes());
      this.committer =
          new SqliteCommitter(file, settings.largestBytes(), this.tables, codec, committed, tally);
      opened.push(committer);
      this.readers =
          new SqliteReaders(
              file, this.tables, codec, committed, settings.readers(), settings.limits().waiting());
    } catch (IOException | SQLException | RuntimeException e) {
      closeAll(opened, e);
      throw e instanceof StoreUnavailable told ? told : cannotOpen(settings, e);
    }
    this.commits =
        new CommitQueue("store-write-", this.tables, settings.limits(), 1, () -> committer);
  }

  private static void closeAll(Deque<AutoCloseable> opened, Exception why) {
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (Exception e) {
        why.addSuppressed(e);
      }
    }
  }

  private static StoreUnavailable cannotOpen(SqliteSettings settings, Exception why) {
    return new StoreUnavailable(
        Reason.FAILED, "the data folder " + settings.folder() + " cannot be used: " + why, why);
  }

  @Override
  public <R> R commit(Unit<R> unit) {
    return commits.commit(unit);
  }

  @Override
  public <V> @Nullable V read(Key<V> key) {
    tables.require(key);
    return readers.read(key);
  }

  @Override
  public <V> List<Entry<V>> scan(Table<V> table, String after, int limit) {
    tables.require(table);
    PageLimits.require(limit);
    return readers.scan(table, after, limit);
  }

  @Override
  public int sweep(Table<?> table, Instant before, int limit) {
    tables.require(table);
    PageLimits.require(limit);
    return commits.between(
        "the sweep of " + table.name(), () -> committer.sweep(table, before.toEpochMilli(), limit));
  }

  /** What was done so far. */
  public StoreCounters counters() {
    return tally.snapshot(commits.waiting());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      readers.close(); // first: the last checkpoint then finds no reader in its way
      commits.close();
      lock.close();
    }
  }
}
