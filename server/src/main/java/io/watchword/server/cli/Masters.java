package io.watchword.server.cli;

import io.watchword.server.keys.MasterKey;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.values.Secret;

/** Where the master key of a data folder comes from. */
final class Masters {

  /** Its name in the data folder, where no setting gives it. */
  static final String FILE = "master.key";

  private Masters() {}

  /** From the settings, or from the file beside the data; never made by itself here. */
  static MasterKey of(Settings settings) {
    Secret given = settings.keys().masterKey();
    return given != null
        ? MasterKey.fromText("the setting keys.master-key", given.reveal())
        : MasterKey.fromFile(settings.store().folder().resolve(FILE));
  }
}
