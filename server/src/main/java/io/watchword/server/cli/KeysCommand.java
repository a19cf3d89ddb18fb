package io.watchword.server.cli;

import io.watchword.server.keys.Keeper;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.SecretUse;
import io.watchword.server.keys.ServerKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The server's keys. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows the server's keys, never their secrets, and makes the next ones.",
    subcommands = {KeysCommand.ListCommand.class, KeysCommand.RotateCommand.class})
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

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Makes the next version of a key. It takes over ten seconds later, so that all nodes know it;"
            + " what the former one signed or sealed stays readable.",
        "The root, and the keys behind lookups and pseudonyms, never rotate."
      })
  static final class RotateCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "KEY", description = "as keys list names it, such as ida-sign")
    private String name = "";

    @Option(
        names = "--in",
        paramLabel = "DURATION",
        description =
            "for key pairs: when the next takes over, such as PT24H, so that partners can"
                + " fetch its certificate first")
    private Duration later = Duration.ZERO;

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      var keeper = new Keeper(work.operator(), work.platform().audit());
      Optional<KeyUse> pair =
          Arrays.stream(KeyUse.values()).filter(use -> use.label().equals(name)).findFirst();
      Optional<SecretUse> secret =
          Arrays.stream(SecretUse.values()).filter(use -> use.label().equals(name)).findFirst();
      if (pair.isEmpty() && secret.isEmpty()) {
        work.answer().err("watchword: there is no key " + name + "; see keys list");
        return 2;
      }
      int version =
          pair.isPresent()
              ? work.platform().keys().rotate(keeper, pair.get(), Instant.now().plus(later))
              : work.platform().keyring().rotate(keeper, secret.get());
      work.answer().out("%s has version %d; it takes over soon".formatted(name, version));
      return 0;
    }
  }
}
