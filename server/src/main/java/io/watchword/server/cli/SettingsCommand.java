package io.watchword.server.cli;

import io.watchword.server.settings.SettingsException;
import io.watchword.server.settings.SettingsGuide;
import io.watchword.server.settings.SettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the settings are, and what they mean. Starts nothing and changes nothing. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks settings before a server gets them, and explains each of them.",
    subcommands = {
      SettingsCommand.CheckCommand.class,
      SettingsCommand.ShowCommand.class,
      SettingsCommand.ExplainCommand.class
    })
final class SettingsCommand {

  /** Where settings come from, as for {@code serve}. */
  static final class Sources {

    @Option(names = "--config", paramLabel = "FILE", description = "your settings (YAML)")
    private @Nullable Path config;

    @Option(names = "--profile", paramLabel = "NAME", description = "demo, for those of the demo")
    private @Nullable String profile;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "changes a setting")
    private Map<String, String> changes = Map.of();

    SettingsReader.Result read() throws SettingsException {
      var reader = new SettingsReader();
      if (profile != null) {
        if (!profile.equals("demo")) {
          throw new SettingsException(List.of("--profile: there is demo only"));
        }
        reader.profile(profile);
      }
      if (config != null) {
        reader.file(config);
      }
      reader.environment(System.getenv());
      changes.forEach(reader::set);
      return reader.read();
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Reads the settings as serve does and tells every problem with their keys and values at once.",
        "Nothing is started; certificates, letters and rules of texts are read at the start only.",
        "Exit code 1 if there is a problem."
      })
  static final class CheckCommand implements Callable<Integer> {

    @Mixin private Sources sources = new Sources();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      SettingsReader.Result read = sources.read();
      Exposure.check(read.settings());
      out(spec).println("the settings are fit: %d keys".formatted(read.effective().size()));
      return 0;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows every key with its value; secrets are hidden.")
  static final class ShowCommand implements Callable<Integer> {

    @Mixin private Sources sources = new Sources();

    @Option(names = "--changed", description = "only those that are not as they come")
    private boolean changed;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      SortedMap<String, String> defaults = new SettingsReader().read().effective();
      sources
          .read()
          .effective()
          .forEach((key, value) -> {
            if (!changed || !value.equals(defaults.get(key))) {
              out(spec).println(key + ": " + value);
            }
          });
      return 0;
    }
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = "Tells what a setting, or a group of them, means, its default and its value.")
  static final class ExplainCommand implements Callable<Integer> {

    @Mixin private Sources sources = new Sources();

    @Parameters(paramLabel = "KEY", description = "such as codes.lifetime, or budgets")
    private String key = "";

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      SettingsGuide guide = SettingsGuide.packaged();
      List<String> keys = guide.within(key);
      if (keys.isEmpty()) {
        Objects.requireNonNull(spec)
            .commandLine()
            .getErr()
            .println(
                "watchword: there is no setting "
                    + key
                    + guide.near(key).map(near -> "; did you mean " + near + "?").orElse(""));
        return 1;
      }
      SortedMap<String, String> values = sources.read().effective();
      SortedMap<String, String> defaults = new SettingsReader().read().effective();
      String told = "";
      for (String each : keys) {
        String text = guide.text(each).orElse("");
        if (!text.isEmpty() && !text.equals(told)) {
          out(spec).println();
          text.lines().forEach(line -> out(spec).println("  " + line));
        }
        told = text;
        String usual = defaults.get(each);
        String value = values.get(each);
        if (value != null) {
          out(spec)
              .println(
                  each
                      + ": "
                      + value
                      + (value.equals(usual) ? "" : "  (as it comes: " + usual + ")"));
        }
      }
      return 0;
    }
  }

  private static PrintWriter out(@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
