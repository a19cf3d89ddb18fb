package io.watchword.server.cli;

import io.watchword.server.people.Imports;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** People on file. */
@Command(
    name = "individual",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Puts people on file, shows what is on file of one, and what stands against them.",
    subcommands = {
      IndividualCommand.ImportCommand.class,
      IndividualCommand.ShowCommand.class,
      StandingCommand.Lock.class,
      StandingCommand.Unlock.class,
      StandingCommand.Deactivate.class,
      StandingCommand.Activate.class,
      IndividualCommand.BiometricsCommand.class,
      IndividualCommand.RevokeVidCommand.class,
      IndividualCommand.GenerateUinsCommand.class,
      IndividualCommand.UnblockCommand.class
    })
final class IndividualCommand {

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Takes people on file from a file of JSON lines, one person a line. Who is known is replaced"
            + " and keeps id and token.",
        "A wrong line is left out and told with its reason; the others are imported."
      })
  static final class ImportCommand implements PlatformCommand {

    private static final long PROGRESS = 10_000;

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "FILE", description = "the file; - for standard input")
    private Path file = Path.of("-");

    @Option(
        names = "--faces",
        paramLabel = "DIR",
        description =
            "where the files of faces, fingers and other biometrics are that lines name, as the"
                + " server sees it")
    private @Nullable Path faces;

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
      var observer =
          new Imports.Observer() {
            private long told;

            @Override
            public void refused(long line, String reason) {
              work.answer().err("line " + line + ": " + reason);
            }

            @Override
            public void progress(long lines) {
              if (lines / PROGRESS > told / PROGRESS) {
                work.answer().err("%,d lines …".formatted(lines));
              }
              told = lines;
            }
          };
      Imports.Summary summary =
          work.administration().imports(false).run(work.operator(), work.in(), faces, observer);
      work.answer()
          .out(
              "%,d people added, %,d replaced, %,d lines refused"
                  .formatted(summary.added(), summary.replaced(), summary.refused()));
      return summary.refused() == 0 ? 0 : 1;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows what is on file of one person.")
  static final class ShowCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "ID", description = "UIN, VID or handle")
    private String id = "";

    @Option(
        names = "--full",
        description = "identifiers and addresses in clear, not masked; the audit records it")
    private boolean full;

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      Optional<String> text = work.administration().show().text(work.operator(), id, full);
      text.ifPresentOrElse(
          shown -> shown.lines().forEach(work.answer()::out),
          () -> work.answer().err("watchword: nobody has this identifier"));
      return text.isPresent() ? 0 : 1;
    }
  }

  @Command(
      name = "biometrics",
      mixinStandardHelpOptions = true,
      description = {
        "Writes what is on file of a person's body into a file of CBEFF XML (ISO/IEC 19785-3).",
        "The audit records it."
      })
  static final class BiometricsCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "ID", description = "UIN, VID or handle")
    private String id = "";

    @Option(
        names = "--file",
        paramLabel = "NAME",
        description = "name of the file in this folder (${DEFAULT-VALUE})")
    private String file = "biometrics.xml";

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      Optional<byte[]> document = work.administration().show().biometrics(work.operator(), id);
      if (document.isEmpty()) {
        work.answer().err("watchword: nobody has this identifier, or nothing is on file");
        return 1;
      }
      work.answer().file(file, document.get());
      return 0;
    }
  }

  @Command(
      name = "revoke-vid",
      mixinStandardHelpOptions = true,
      description = "Takes a VID out of force, for good. The person keeps UIN and other VIDs.")
  static final class RevokeVidCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "VID", description = "the VID")
    private String vid = "";

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      if (!work.administration().vids().revoke(work.operator(), vid)) {
        work.answer().err("watchword: nobody has this VID");
        return 1;
      }
      work.answer().out("the VID is not in force any more");
      return 0;
    }
  }

  @Command(
      name = "generate-uins",
      mixinStandardHelpOptions = true,
      description = {
        "Writes UINs that nobody has, one a line, by the rules for new ones: random, with a check"
            + " digit, without patterns that people mix up.",
        "They are not reserved: put people on file under them."
      })
  static final class GenerateUinsCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "COUNT", description = "how many, 1 to 1,000,000")
    private int count = 1;

    @Option(names = "--digits", description = "10 or 12 (${DEFAULT-VALUE})")
    private int digits = 12;

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      if (count < 1 || count > 1_000_000 || (digits != 10 && digits != 12)) {
        work.answer().err("watchword: COUNT is 1 to 1,000,000, and --digits is 10 or 12");
        return 2;
      }
      var uins = work.administration().uins(digits);
      for (int i = 0; i < count; i++) {
        work.answer().out(uins.next());
      }
      return 0;
    }
  }

  @Command(
      name = "unblock",
      mixinStandardHelpOptions = true,
      description = {
        "Lets a person try codes again before their time is over.",
        "Codes that were sent before are worth nothing afterwards."
      })
  static final class UnblockCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "ID", description = "UIN, VID or handle, as it was frozen")
    private String id = "";

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      if (!work.administration().unblocking().individual(work.operator(), id)) {
        work.answer().err("watchword: nobody has this identifier");
        return 1;
      }
      work.answer().out("the person is unblocked");
      return 0;
    }
  }
}
