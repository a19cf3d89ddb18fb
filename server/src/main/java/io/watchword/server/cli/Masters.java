package io.watchword.server.cli;

import io.watchword.server.keys.MasterKey;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.values.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Stream;

/** Where the master key of a data folder comes from. */
final class Masters {

  /** Its name in the data folder, where no setting gives it. */
  static final String FILE = "master.key";

  private Masters() {}

  /**
   * From the settings, or from the file beside the data. The file is made where there is nothing
   * yet that another key could have wrapped: in a folder that is empty or missing.
   */
  static MasterKey of(Settings settings) {
    Secret given = settings.keys().masterKey();
    if (given != null) {
      return MasterKey.fromText("the setting keys.master-key", given.reveal());
    }
    Path folder = settings.store().folder();
    Path file = folder.resolve(FILE);
    return isEmpty(folder)
        ? MasterKey.fromFileOrNew(file, new SecureRandom())
        : MasterKey.fromFile(file);
  }

  private static boolean isEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder " + folder + " cannot be read", e);
    }
  }
}
