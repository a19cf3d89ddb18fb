package io.watchword.server.cli;

import io.watchword.core.audit.AuditVerification;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The audit. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks after the record of every decision.",
    subcommands = AuditCommand.VerifyCommand.class)
final class AuditCommand {

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Walks every chain of the audit and names what is missing, altered or cut off.",
        "It also compares with the heads that were written beside the database (audit-heads.log)."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:every chain is whole", "1:at least one is not", "2:wrong usage"})
  static final class VerifyCommand implements PlatformCommand {

    private static final long PROGRESS = 100_000;

    @Mixin private DataOptions data = new DataOptions();

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      var progress =
          new LongConsumer() {
            private long told;

            @Override
            public void accept(long records) {
              if (records / PROGRESS > told / PROGRESS) {
                work.answer().err("%,d records …".formatted(records));
              }
              told = records;
            }
          };
      AuditVerification.Report report =
          work.platform().verification().verify(work.platform().heads().read(), progress);
      report.faults().forEach(work.answer()::err);
      work.answer()
          .out(
              "%,d records in %,d chains, %,d of them erased: %s"
                  .formatted(
                      report.records(),
                      report.chains(),
                      report.erased(),
                      report.sound()
                          ? "every chain is whole"
                          : report.faults().size() + " faults"));
      return report.sound() ? 0 : 1;
    }
  }
}
