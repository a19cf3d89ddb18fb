package io.watchword.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a relying party of the identity v1 door on. */
@Command(
    name = "tsp",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a relying party (TSP) of the identity v1 door on file, with the policy of its requests.",
      "It needs no certificate, but a licence: see partner licence. A partner that is on file"
          + " already only gets the policy."
    })
final class TspCommand implements PlatformCommand {

  @Mixin private DataOptions data = new DataOptions();

  @Parameters(paramLabel = "TSP", description = "its id, the tspID of its requests")
  private String id = "";

  @Option(names = "--name", required = true, description = "for people")
  private String name = "";

  @Option(names = "--policy", required = true, paramLabel = "ID", description = "what it may ask")
  private String policy = "";

  @Override
  public DataOptions data() {
    return data;
  }

  @Override
  public int run(Work work) {
    work.platform().provisioning().registerTsp(work.operator(), id, name, policy);
    work.answer().out("relying party " + id + " is on file under the policy " + policy);
    return 0;
  }
}
