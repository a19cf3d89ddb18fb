package io.watchword.server.cli;

import io.watchword.server.Platform;
import io.watchword.server.admin.AdminClient;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.SettingsException;
import io.watchword.server.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which data folder a command is for, and the way to it. */
final class DataOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "the server's settings (YAML)")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the data folder; wins over store.folder of the settings")
  private @Nullable Path data;

  int run(PlatformCommand command) throws Exception {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    var terminal = new Terminal(line.getOut(), line.getErr(), command.output());
    List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
    Settings settings = settings();
    String operator = System.getProperty("user.name", "");
    try (InputStream in = open(command.input())) {
      Optional<AdminClient> server = AdminClient.connect(settings.store().folder());
      if (server.isPresent()) {
        try (AdminClient client = server.get()) {
          return client.run(typed, operator, in, terminal);
        }
      }
      Logging.configure(settings.server().log());
      if (!Files.isDirectory(settings.store().folder())) {
        throw new IOException(
            "there is no data folder " + settings.store().folder() + "; --data names another");
      }
      try (var platform = new Platform(settings, Masters.of(settings), Clock.systemUTC())) {
        platform.refresh();
        return command.run(new Work(platform, operator, in, terminal));
      }
    }
  }

  private Settings settings() throws SettingsException {
    var reader = new SettingsReader();
    reader.set("server.log.shape", "text").set("server.log.level", "warn");
    if (config != null) {
      reader.file(config);
    }
    reader.environment(System.getenv());
    if (data != null) {
      reader.set("store.folder", data.toString());
    }
    return reader.read().settings();
  }

  private static InputStream open(Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      return InputStream.nullInputStream();
    }
    if (file.get().toString().equals("-")) {
      return System.in;
    }
    if (!Files.isReadable(file.get()) || Files.isDirectory(file.get())) {
      throw new IOException("the file " + file.get() + " cannot be read");
    }
    return Files.newInputStream(file.get());
  }
}
