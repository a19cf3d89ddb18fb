package io.watchword.server.cli;

import io.watchword.core.account.AccountEnrolment;
import io.watchword.server.accounts.AccountLine;
import io.watchword.server.accounts.AccountRegister;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accounts of people who log in. */
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Puts accounts on file, lists and disables them.",
    subcommands = {
      AccountCommand.ImportCommand.class,
      AccountCommand.ListCommand.class,
      AccountCommand.DisableCommand.class,
      AccountCommand.UnblockCommand.class
    })
final class AccountCommand {

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Takes accounts on file from a file of JSON lines, one account a line. Who is known is"
            + " replaced and keeps id and, if the line has none, password.",
        "A wrong line is left out and told with its reason; the others are imported."
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
      AccountRegister register = work.administration().accounts();
      long[] counts = new long[2];
      long refused =
          ImportLines.each(
              work,
              AccountLine.class,
              line -> {
                switch (register.put(work.operator(), line)) {
                  case AccountEnrolment.Added() -> counts[0]++;
                  case AccountEnrolment.Replaced(), AccountEnrolment.Unchanged() -> counts[1]++;
                  case AccountEnrolment.Known _ -> throw new IllegalStateException();
                }
              });
      work.answer()
          .out(
              "%,d accounts added, %,d replaced, %,d lines refused"
                  .formatted(counts[0], counts[1], refused));
      return refused == 0 ? 0 : 1;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists login names with their roles.")
  static final class ListCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      var columns = new Columns("LOGIN NAME", "STATUS", "ROLES");
      for (AccountRegister.Listed each : work.administration().accounts().list()) {
        columns.row(
            each.loginName(),
            each.disabled() ? "disabled" : "active",
            String.join(",", each.roles()));
      }
      columns.print(work.answer());
      return 0;
    }
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description =
          "Serves an account no more and ends its sessions, on all nodes within two seconds.")
  static final class DisableCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "LOGIN-NAME", description = "whose account it is")
    private String loginName = "";

    @Option(names = "--undo", description = "serves it again")
    private boolean undo;

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      AccountRegister register = work.administration().accounts();
      boolean known =
          undo
              ? register.enable(work.operator(), loginName)
              : register.disable(work.operator(), loginName);
      if (!known) {
        work.answer().err("watchword: nobody has this login name");
        return 1;
      }
      work.answer().out(undo ? "the account is served" : "the account is disabled");
      return 0;
    }
  }

  @Command(
      name = "unblock",
      mixinStandardHelpOptions = true,
      description = {
        "Lets whoever has an account try codes and passwords again before their time is over.",
        "Codes that were sent before are worth nothing afterwards."
      })
  static final class UnblockCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "LOGIN-NAME", description = "whose account it is")
    private String loginName = "";

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      if (!work.administration().unblocking().account(work.operator(), loginName)) {
        work.answer().err("watchword: nobody has this login name");
        return 1;
      }
      work.answer().out("the account is unblocked");
      return 0;
    }
  }
}
