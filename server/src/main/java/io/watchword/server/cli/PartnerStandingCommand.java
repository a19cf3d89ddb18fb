package io.watchword.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stops serving a partner, and serves it again. */
final class PartnerStandingCommand {

  private PartnerStandingCommand() {}

  @Command(
      name = "suspend",
      mixinStandardHelpOptions = true,
      description = "Serves a partner no more, on all nodes within two seconds.")
  static final class Suspend implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "PARTNER", description = "the partner's id")
    private String id = "";

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      work.platform().provisioning().suspend(work.operator(), id);
      work.answer().out("partner " + id + " is suspended");
      return 0;
    }
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Serves a suspended partner again.")
  static final class Resume implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "PARTNER", description = "the partner's id")
    private String id = "";

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      work.platform().provisioning().resume(work.operator(), id);
      work.answer().out("partner " + id + " is served");
      return 0;
    }
  }
}
