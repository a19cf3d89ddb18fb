package io.watchword.server.cli;

import picocli.CommandLine.Command;

/** Relying parties and the providers whose licences they use. */
@Command(
    name = "partner",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Takes relying parties on and keeps them.",
    subcommands = {
      OnboardCommand.class,
      PartnerListCommand.class,
      PartnerStandingCommand.Suspend.class,
      PartnerStandingCommand.Resume.class,
      TspCommand.class,
      LicenceCommand.class
    })
final class PartnerCommand {}
