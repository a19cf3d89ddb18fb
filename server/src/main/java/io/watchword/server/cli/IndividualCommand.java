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
    description = "Puts people on file and shows what is on file of one.",
    subcommands = {
      IndividualCommand.ImportCommand.class,
      IndividualCommand.ShowCommand.class,
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
            "where the files of faces and fingers are that lines name, as the server sees it")
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
