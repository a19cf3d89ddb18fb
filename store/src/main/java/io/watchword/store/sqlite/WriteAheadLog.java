package io.watchword.store.sqlite;

import io.watchword.store.group.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps SQLite's write-ahead log short, by checkpoints between groups rather than within a commit,
 * where callers would wait for them.
 */
final class WriteAheadLog {

  private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);

  /** Pages' worth of rows between two looks at the log's length. */
  private static final int LOOK_EVERY_PAGES = 512;

  /**
   * A frame is a page of 4 KiB: 64 MiB. The longer the log, the more often the same page stands in
   * it, which is then moved once.
   */
  private static final long MOVE_AT_FRAMES = 16_384;

  /** 256 MiB: readers kept the log from starting anew, so they are waited for. */
  private static final long WAIT_AT_FRAMES = 65_536;

  private final Connection connection;
  private final Tally tally;
  private int pages;
  private long waitAt = WAIT_AT_FRAMES;

  WriteAheadLog(Connection connection, Tally tally) {
    this.connection = connection;
    this.tally = tally;
  }

  /** Rows were written that fill about this many pages. */
  void grew(int written) {
    pages += written;
  }

  /** Moves the log into the file if it has become long. */
  void keepShort() {
    if (pages < LOOK_EVERY_PAGES) {
      return;
    }
    pages = 0;
    long frames = checkpoint("NOOP");
    if (frames >= waitAt) {
      long left = checkpoint("TRUNCATE");
      // If a reader outlasts the wait, the next one is worth trying only when the log has doubled.
      waitAt = left == 0 ? WAIT_AT_FRAMES : left * 2;
    } else if (frames >= MOVE_AT_FRAMES) {
      checkpoint("PASSIVE");
    }
  }

  /** Moves all of the log into the file and empties it, as far as readers allow. */
  void moveIntoFile() {
    checkpoint("TRUNCATE");
  }

  /** Frames in the log after it; a failure is told and left to the next one. */
  private long checkpoint(String mode) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      long frames = result.next() ? Math.max(0, result.getLong(2)) : 0;
      tally.wal(frames * SqliteFile.PAGE_BYTES);
      return frames;
    } catch (SQLException e) {
      LOG.warn("the write-ahead log could not be moved into the file: {}", e.getMessage());
      return 0;
    }
  }
}
