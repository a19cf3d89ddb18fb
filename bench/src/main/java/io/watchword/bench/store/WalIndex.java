package io.watchword.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What SQLite itself counts. The header of the index of its write-ahead log holds a counter that
 * each transaction which writes raises by one ({@code iChange}; "The WAL-Index File Format",
 * section 2.1), and with {@code synchronous = FULL} each such transaction syncs the log once.
 */
public final class WalIndex {

  private static final int CHANGE_OFFSET = 8;

  private final Path file;

  /**
   * @param database the file beside which the index lies
   */
  public WalIndex(Path database) {
    file = database.resolveSibling(database.getFileName() + "-shm");
  }

  /** Transactions that wrote, since some time in the past. */
  public long transactions() throws IOException {
    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.read(number, CHANGE_OFFSET) != Integer.BYTES) {
        throw new IOException("the index of the write-ahead log is too short");
      }
    }
    return Integer.toUnsignedLong(number.getInt(0));
  }
}
