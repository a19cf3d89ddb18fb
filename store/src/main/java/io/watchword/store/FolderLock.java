package io.watchword.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An exclusive hold of a data folder, which ends with {@link #close} or with the process. */
public final class FolderLock implements AutoCloseable {

  private static final String FILE = "lock";
  private static final int LONGEST_PID = 20;

  /**
   * Folders held by this process. Asked before the file is touched: POSIX drops all of a process's
   * locks on a file as soon as the process closes any handle of it, so a second attempt in here
   * would quietly end the first one's hold.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes hold of a folder, which is made if it is missing.
   *
   * @throws StoreUnavailable if another process, or another store of this one, holds it
   */
  public static FolderLock take(Path folder) throws IOException {
    PrivateFiles.createFolders(folder);
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw inUse(folder, ProcessHandle.current().pid() + ", which is this one");
    }
    FileChannel channel = null;
    try {
      Path file = real.resolve(FILE);
      PrivateFiles.createIfMissing(file);
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        throw inUse(folder, holder(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
      return new FolderLock(real, channel);
    } catch (IOException | RuntimeException e) {
      letGo(real, channel);
      throw e;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
    channel.read(pid, 0);
    String text = new String(pid.array(), 0, pid.position(), UTF_8);
    return text.matches("[0-9]+") ? text : "unknown";
  }

  private static StoreUnavailable inUse(Path folder, String pid) {
    return new StoreUnavailable(
        Reason.FAILED,
        "the data folder " + folder + " is in use by another Watchword (process " + pid + ")",
        null);
  }

  private static void letGo(Path folder, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD.remove(folder);
    }
  }

  /** Lets go of the folder. */
  @Override
  public void close() {
    try {
      letGo(folder, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder's lock could not be let go", e);
    }
  }
}
