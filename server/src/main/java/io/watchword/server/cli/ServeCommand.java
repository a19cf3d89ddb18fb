package io.watchword.server.cli;

import io.watchword.server.Server;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.SettingsReader;
import io.watchword.server.settings.values.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a server for real. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a server on loopback or behind a named proxy.",
      "config/watchword.yaml explains every setting."
    })
final class ServeCommand implements Callable<Integer> {

  @Option(names = "--config", paramLabel = "FILE", description = "your settings (YAML)")
  private @Nullable Path config;

  @Option(names = "--data", paramLabel = "DIR", description = "wins over store.folder")
  private @Nullable Path data;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "changes a setting")
  private Map<String, String> changes = Map.of();

  @Override
  public Integer call() throws Exception {
    var reader = new SettingsReader();
    if (config != null) {
      reader.file(config);
    }
    reader.environment(System.getenv());
    if (data != null) {
      reader.set("store.folder", data.toString());
    }
    changes.forEach(reader::set);
    Settings settings = reader.read().settings();
    Logging.configure(settings.server().log());
    Foreground.run(new Server(settings, master(settings), Clock.systemUTC(), Optional.empty()));
    return 0;
  }

  /** From the settings, or from the file beside the data; never made by itself here. */
  private static MasterKey master(Settings settings) {
    Secret given = settings.keys().masterKey();
    return given != null
        ? MasterKey.fromText("the setting keys.master-key", given.reveal())
        : MasterKey.fromFile(settings.store().folder().resolve("master.key"));
  }
}
