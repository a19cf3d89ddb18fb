package io.watchword.server.upkeep;

import io.watchword.core.audit.AuditVerification.SeenHead;
import io.watchword.core.audit.ChainHead;
import io.watchword.core.unit.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes where the audit's chains end to a file outside the database, one line a head, so that
 * records and head cannot be cut off together unseen. An operator may have the file copied to
 * another machine.
 *
 * <p>A line is {@code chain sequence link}; lines are only ever added.
 */
public final class HeadsFile {

  /** The file's name in the data folder. */
  public static final String NAME = "audit-heads.log";

  private final Path file;
  private final Map<String, Long> written = new HashMap<>();

  public HeadsFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  /** Adds the heads that have moved since the last time. */
  public synchronized void write(Store store) {
    var lines = new StringBuilder();
    String after = "";
    while (true) {
      List<Store.Entry<ChainHead>> page = store.scan(ChainHead.TABLE, after, 1_000);
      if (page.isEmpty()) {
        break;
      }
      for (Store.Entry<ChainHead> entry : page) {
        ChainHead head = entry.row();
        if (!Long.valueOf(head.sequence()).equals(written.put(entry.id(), head.sequence()))) {
          lines
              .append(entry.id())
              .append(' ')
              .append(head.sequence())
              .append(' ')
              .append(head.link().value())
              .append('\n');
        }
      }
      after = page.getLast().id();
    }
    append(lines.toString());
  }

  private void append(String lines) {
    if (lines.isEmpty()) {
      return;
    }
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(
          file,
          lines,
          StandardCharsets.US_ASCII,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All heads that were ever written; a line that was cut off by a crash is passed over. */
  public List<SeenHead> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    var heads = new ArrayList<SeenHead>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 3 && parts[1].matches("[0-9]{1,18}") && parts[2].length() == 43) {
          heads.add(new SeenHead(parts[0], Long.parseLong(parts[1]), parts[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return heads;
  }
}
