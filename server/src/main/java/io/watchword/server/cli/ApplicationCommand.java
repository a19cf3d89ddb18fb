package io.watchword.server.cli;

import io.watchword.core.account.Client;
import io.watchword.server.accounts.ApplicationLine;
import io.watchword.server.accounts.ApplicationRegister;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applications whose users log in, and their clients. */
@Command(
    name = "application",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Puts applications and their clients on file, lists, disables and unblocks them.",
    subcommands = {
      ApplicationCommand.ImportCommand.class,
      ApplicationCommand.ListCommand.class,
      ApplicationCommand.DisableCommand.class,
      ApplicationCommand.UnblockCommand.class
    })
final class ApplicationCommand {

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Takes applications on file from a file of JSON lines, one application a line.",
        "A new client without a secret gets one, which is shown this once."
      })
  static final class ImportCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "FILE", description = "the file; - for standard input")
    private Path file = Path.of("-");

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public Optional<Path> input() {
      return Optional.of(file);
    }

    @Override
    public int run(Work work) throws Exception {
      ApplicationRegister register = work.administration().applications();
      long[] count = new long[1];
      long refused =
          ImportLines.each(
              work,
              ApplicationLine.class,
              line -> {
                for (ApplicationRegister.NewSecret made : register.put(work.operator(), line)) {
                  work.answer()
                      .out(
                          "secret of client %s, shown this once: %s"
                              .formatted(made.client(), made.secret()));
                }
                count[0]++;
              });
      work.answer()
          .out("%,d applications imported, %,d lines refused".formatted(count[0], refused));
      return refused == 0 ? 0 : 1;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists applications with their terms and clients.")
  static final class ListCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      var columns =
          new Columns("APPLICATION", "STATUS", "USERS", "CHANNELS", "FAMILIES", "CLIENTS");
      for (ApplicationRegister.Listed each : work.administration().applications().list()) {
        columns.row(
            each.application().id(),
            Words.of(each.application().status()),
            words(each.application().places()),
            words(each.application().channels())
                + (each.application().severalChannels() ? "" : " (one)"),
            String.join(",", each.application().families()),
            each.clients().stream().map(Client::id).collect(Collectors.joining(",")));
      }
      columns.print(work.answer());
      return 0;
    }

    private static String words(Set<? extends Enum<?>> constants) {
      return constants.stream().map(Words::of).sorted().collect(Collectors.joining(","));
    }
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = {
        "Serves an application and its clients no more and ends all sessions for it, on all nodes"
            + " within two seconds."
      })
  static final class DisableCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "APPLICATION", description = "the application's id")
    private String id = "";

    @Option(names = "--undo", description = "serves it again")
    private boolean undo;

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      ApplicationRegister register = work.administration().applications();
      boolean known =
          undo ? register.enable(work.operator(), id) : register.disable(work.operator(), id);
      if (!known) {
        work.answer().err("watchword: there is no application " + id);
        return 1;
      }
      work.answer().out("application " + id + (undo ? " is served" : " is disabled"));
      return 0;
    }
  }

  @Command(
      name = "unblock",
      mixinStandardHelpOptions = true,
      description = {
        "Lets codes for a key of an application be made and validated again before their time is over.",
        "Codes that were sent before are worth nothing afterwards."
      })
  static final class UnblockCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(index = "0", paramLabel = "APPLICATION", description = "the application's id")
    private String id = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "as it asked for codes")
    private String key = "";

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      work.administration().unblocking().key(work.operator(), id, key);
      work.answer().out("the key is unblocked");
      return 0;
    }
  }
}
