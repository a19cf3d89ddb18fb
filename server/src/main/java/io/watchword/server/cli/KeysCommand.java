package io.watchword.server.cli;

import io.watchword.server.keys.Keeper;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.SecretUse;
import io.watchword.server.keys.ServerKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private @Nullable Duration later;

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
      if (secret.isPresent() && later != null) {
        work.answer().err("watchword: --in is for key pairs; " + name + " is a secret key");
        return 2;
      }
      int version =
          pair.isPresent()
              ? work.platform().keys().rotate(keeper, pair.get(), from())
              : work.platform().keyring().rotate(keeper, secret.get());
      Instant from =
          pair.map(use -> pairFrom(work, use, version))
              .orElseGet(() -> secretFrom(work, secret.get(), version));
      work.answer().out("%s has version %d, current from %s".formatted(name, version, from));
      return 0;
    }

    private Instant from() {
      Instant now = Instant.now();
      return later == null ? now : now.plus(later);
    }

    private static Instant pairFrom(Work work, KeyUse use, int version) {
      return work.platform().keys().list().stream()
          .filter(key -> key.use() == use && key.version() == version)
          .findFirst()
          .orElseThrow()
          .currentFrom();
    }

    private static Instant secretFrom(Work work, SecretUse use, int version) {
      return work.platform().keyring().list().stream()
          .filter(key -> key.use() == use && key.version() == version)
          .findFirst()
          .orElseThrow()
          .currentFrom();
    }
  }
}
