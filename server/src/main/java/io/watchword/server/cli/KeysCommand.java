package io.watchword.server.cli;

import io.watchword.server.keys.ServerKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The server's keys. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows the server's keys, never their secrets.",
    subcommands = KeysCommand.ListCommand.class)
final class KeysCommand {

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists key pairs and their certificates, then secret keys.")
  static final class ListCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      var pairs = new Columns("KEY PAIR", "VERSION", "STATE", "CURRENT FROM", "ENDS", "SHA-256");
      for (ServerKeys.Listed key : work.platform().keys().list()) {
        pairs.row(
            key.use().label(),
            Integer.toString(key.version()),
            Words.of(key.state()),
            key.currentFrom().toString(),
            key.endsAt().toString(),
            key.sha256());
      }
      pairs.print(work.answer());
      work.answer().out("");
      var secrets = new Columns("SECRET KEY", "VERSION", "CURRENT FROM");
      work.platform()
          .keyring()
          .list()
          .forEach(key ->
              secrets.row(
                  key.use().label(),
                  Integer.toString(key.version()),
                  key.currentFrom().toString()));
      secrets.print(work.answer());
      return 0;
    }
  }
}
