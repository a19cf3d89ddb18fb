package io.watchword.server.cli;

import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.server.mobile.MobileRegister;
import io.watchword.server.mobile.MobileTypeLine;
import io.watchword.server.mobile.PortalLine;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Mobile authentication: types of logins, and portals. */
@Command(
    name = "mobile",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Types of logins by phone, and the portals that may start them.",
    subcommands = {MobileCommand.TypeCommand.class, MobileCommand.ClientCommand.class})
final class MobileCommand {

  @Command(
      name = "type",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND",
      description = "Puts, lists and removes types of logins.",
      subcommands = {PutType.class, ListTypes.class, RemoveType.class})
  static final class TypeCommand {}

  @Command(
      name = "client",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND",
      description = "Puts, lists and removes portals.",
      subcommands = {PutClient.class, ListClients.class, RemoveClient.class})
  static final class ClientCommand {}

  /** A command that reads JSON lines. */
  abstract static class Put implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(
        paramLabel = "FILE",
        description = "JSON lines, one object each; - for standard input")
    private Path file = Path.of("-");

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public Optional<Path> input() {
      return Optional.of(file);
    }
  }

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = {
        "Takes types on file, or new terms of known ones. A type is an object such as",
        "{\"name\": \"qr-code\", \"default_messages\": {\"en\": \"Log in\"}, \"callback_required\":"
            + " false};",
        "docs/contracts/mobile.md, 1.1, has all members."
      })
  static final class PutType extends Put {

    @Override
    public int run(Work work) throws Exception {
      MobileRegister register = work.administration().mobile();
      long refused =
          ImportLines.each(
              work,
              MobileTypeLine.class,
              line -> {
                MobileType type = line.type();
                register.put(work.operator(), type);
                work.answer().out("type " + type.name() + " is on file");
              });
      return refused == 0 ? 0 : 1;
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the types.")
  static final class ListTypes implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      var columns =
          new Columns("TYPE", "EXPIRES", "CODES", "CONFIRM", "BINDING", "ORIGIN", "CALLBACK");
      for (MobileType type : work.administration().mobile().types()) {
        columns.row(
            type.name(),
            type.expiresIn().toSeconds() + " s",
            type.rotation().required() ? "rotating" : "any",
            Words.of(type.confirmation().minimum()),
            needed(type.sessionBinding()),
            needed(type.origin()),
            needed(type.callback()));
      }
      columns.print(work.answer());
      return 0;
    }

    private static String needed(boolean required) {
      return required ? "required" : "";
    }
  }

  /** A command about one of them. */
  abstract static class Remove implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "NAME", description = "which one")
    String name = "";

    @Override
    public DataOptions data() {
      return data;
    }

    int tell(Work work, boolean known) {
      if (known) {
        work.answer().out(name + " is removed");
        return 0;
      }
      work.answer().err("watchword: there is no " + name);
      return 1;
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Forgets a type; logins of it that are under way come to nothing.")
  static final class RemoveType extends Remove {

    @Override
    public int run(Work work) {
      return tell(work, work.administration().mobile().removeType(work.operator(), name));
    }
  }

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = {
        "Takes portals on file, or new terms of known ones. A portal is an object such as",
        "{\"id\": \"shop\", \"name\": \"Example Shop\", \"allowed_origins\":"
            + " [\"https://shop.example\"]},",
        "with callbacks: [{\"uri\": …, \"user\": …, \"password\": …, \"signing_secret\": …}].",
        "A new one gets a secret, which is shown this once."
      })
  static final class PutClient extends Put {

    @Option(
        names = "--new-secret",
        description =
            "gives known portals another secret; the one before stays good until the next")
    private boolean newSecret;

    @Override
    public int run(Work work) throws Exception {
      MobileRegister register = work.administration().mobile();
      long refused =
          ImportLines.each(
              work,
              PortalLine.class,
              line -> {
                MobileRegister.Portal portal = line.portal(newSecret);
                Optional<String> secret = register.put(work.operator(), portal);
                work.answer().out("portal " + portal.id() + " is on file");
                secret.ifPresent(made ->
                    work.answer()
                        .out("secret of %s, shown this once: %s".formatted(portal.id(), made)));
              });
      return refused == 0 ? 0 : 1;
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the portals.")
  static final class ListClients implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      var columns = new Columns("PORTAL", "NAME", "SCOPES", "ORIGINS", "CALLBACKS");
      for (PortalClient portal : work.administration().mobile().portals()) {
        columns.row(
            portal.id(),
            portal.portalName(),
            portal.scopes().stream().map(Words::of).sorted().collect(Collectors.joining(",")),
            String.join(",", portal.origins()),
            (portal.anyCallback() ? "any" : "")
                + portal.callbacks().stream()
                    .map(PortalClient.Callback::uri)
                    .collect(Collectors.joining(",")));
      }
      columns.print(work.answer());
      return 0;
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Serves a portal no more, on all nodes within two seconds.")
  static final class RemoveClient extends Remove {

    @Override
    public int run(Work work) {
      return tell(work, work.administration().mobile().removePortal(work.operator(), name));
    }
  }
}
