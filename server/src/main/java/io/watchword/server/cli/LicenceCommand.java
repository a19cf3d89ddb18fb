package io.watchword.server.cli;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a provider (MISP) a licence. */
@Command(
    name = "licence",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a provider (MISP) or a relying party of the identity v1 door a licence. Its key is the"
          + " first part of the paths of the IDA door, and the licenseKey of the identity v1 door.",
      "Shows the key, once."
    })
final class LicenceCommand implements PlatformCommand {

  @Mixin private DataOptions data = new DataOptions();

  @Parameters(paramLabel = "OWNER", description = "the provider's id")
  private String owner = "";

  @Option(
      names = "--for",
      split = ",",
      paramLabel = "PARTNER",
      description = "who may use it at the identity v1 door besides its owner")
  private List<String> mapped = List.of();

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "when it ends, such as 2030-01-01T00:00:00Z (never)")
  private @Nullable Instant until;

  @Override
  public DataOptions data() {
    return data;
  }

  @Override
  public int run(Work work) {
    String key =
        work.platform().provisioning().issueLicence(work.operator(), owner, mapped, null, until);
    work.answer().out("licence key, shown this once: " + key);
    return 0;
  }
}
