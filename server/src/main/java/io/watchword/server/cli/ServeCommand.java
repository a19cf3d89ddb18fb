package io.watchword.server.cli;

import io.watchword.server.Server;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.SettingsReader;
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
      "Runs a server on loopback, with TLS of its own, or behind a named proxy.",
      "config/watchword.yaml explains every setting."
    })
final class ServeCommand implements Callable<Integer> {

  @Option(names = "--config", paramLabel = "FILE", description = "your settings (YAML)")
  private @Nullable Path config;

  @Option(names = "--data", paramLabel = "DIR", description = "wins over store.folder")
  private @Nullable Path data;

  @Option(
      names = "--log",
      paramLabel = "SHAPE",
      description = "json, or text for people at a terminal; wins over server.log.shape")
  private @Nullable String log;

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
    if (log != null) {
      reader.set("server.log.shape", log);
    }
    changes.forEach(reader::set);
    Settings settings = reader.read().settings();
    Logging.configure(settings.server().log());
    Exposure.check(settings);
    Foreground.run(new Server(settings, Masters.of(settings), Clock.systemUTC(), Optional.empty()));
    return 0;
  }
}
