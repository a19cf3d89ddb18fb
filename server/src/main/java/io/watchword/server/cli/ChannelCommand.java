package io.watchword.server.cli;

import io.watchword.core.delivery.Channel;
import io.watchword.server.couriers.ChannelStops;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The channels on which letters leave. */
@Command(
    name = "channel",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Stops and starts the channels on which letters leave.",
    subcommands = {
      ChannelCommand.StopCommand.class,
      ChannelCommand.StartCommand.class,
      ChannelCommand.ListCommand.class
    })
final class ChannelCommand {

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = {
        "Lets no letter leave on a channel, on all nodes within two seconds, until it is started.",
        "Codes are then refused on it; notices wait for a day."
      })
  static final class StopCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "CHANNEL", description = "${COMPLETION-CANDIDATES}")
    private Channel channel = Channel.PHONE;

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      work.platform().channelStops().stop(work.operator(), channel);
      work.answer().out("no letter leaves by " + Words.of(channel));
      return 0;
    }
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Lets letters leave on a channel again.")
  static final class StartCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "CHANNEL", description = "${COMPLETION-CANDIDATES}")
    private Channel channel = Channel.PHONE;

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      work.platform().channelStops().start(work.operator(), channel);
      work.answer().out("letters leave by " + Words.of(channel));
      return 0;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the channels and since when each is stopped.")
  static final class ListCommand implements PlatformCommand {

    @Mixin private DataOptions data = new DataOptions();

    @Override
    public DataOptions data() {
      return data;
    }

    @Override
    public int run(Work work) {
      ChannelStops stops = work.platform().channelStops();
      var columns = new Columns("CHANNEL", "STOPPED SINCE");
      for (Channel channel : Channel.values()) {
        Instant since = stops.since().get(channel);
        columns.row(
            Words.of(channel),
            since == null ? "" : since.truncatedTo(ChronoUnit.SECONDS).toString());
      }
      columns.print(work.answer());
      return 0;
    }
  }
}
