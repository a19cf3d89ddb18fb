package io.watchword.core.delivery;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.Map;

/**
 * The channels on which an operator lets no letter leave.
 *
 * @param since when each was stopped
 */
public record StoppedChannels(Map<Channel, Instant> since) {

  private static final Table<StoppedChannels> TABLE =
      Table.clear("stopped_channels", StoppedChannels.class);

  /** The only row. */
  public static final Key<StoppedChannels> KEY = TABLE.key("all");

  public static final StoppedChannels NONE = new StoppedChannels(Map.of());

  public StoppedChannels {
    since = Map.copyOf(since);
  }

  /** The table of the only row. */
  public static Table<StoppedChannels> table() {
    return TABLE;
  }
}
