package io.watchword.server.cli;

import io.watchword.core.partner.Policy;
import io.watchword.server.partners.Policies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Policies. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Says what partners may ask, must ask and may learn.",
    subcommands = {PolicyCommand.PutCommand.class, PolicyCommand.ShowCommand.class})
final class PolicyCommand {

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = {
        "Puts a policy on file, or replaces it; it works on all nodes within two seconds.",
        "docs/contracts/ida.md 6.2 tells the document's form."
      })
  static final class PutCommand implements PlatformCommand {

    private static final int LONGEST = 64 * 1024;

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "the policy's id")
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "its JSON; - for standard input")
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
    public int run(Work work) throws IOException {
      byte[] json = work.in().readNBytes(LONGEST + 1);
      if (json.length > LONGEST) {
        throw new IOException("a policy has at most 64 KiB");
      }
      work.platform()
          .provisioning()
          .policies()
          .put(work.operator(), id, new String(json, StandardCharsets.UTF_8));
      work.answer().out("policy " + id + " is on file");
      return 0;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a policy, or the ids of all.")
  static final class ShowCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "the policy's id")
    private @Nullable String id;

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      Policies policies = work.platform().provisioning().policies();
      if (id == null) {
        for (Policy policy : policies.list()) {
          work.answer().out(policy.id() + "  " + Words.of(policy.status()));
        }
        return 0;
      }
      Optional<String> json = policies.show(id);
      json.ifPresentOrElse(
          shown -> shown.lines().forEach(work.answer()::out),
          () -> work.answer().err("watchword: there is no policy '" + id + "'"));
      return json.isPresent() ? 0 : 1;
    }
  }
}
