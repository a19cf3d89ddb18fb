package io.watchword.server.couriers;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.StoppedChannels;
import io.watchword.core.unit.Store;
import io.watchword.server.partners.RecordedChanges;
import io.watchword.server.partners.RecordedChanges.Act;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emergency stop: an operator lets no letter leave on a channel, on all nodes within two
 * seconds, until it is started again. Thread-safe.
 */
public final class ChannelStops {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelStops.class);

  private final Store store;
  private final RecordedChanges changes;
  private volatile Set<Channel> stopped;

  public ChannelStops(Store store, RecordedChanges changes) {
    this.store = store;
    this.changes = changes;
    this.stopped = read();
  }

  /** Channels that are stopped, as they stood at the last {@link #refresh}. */
  public Set<Channel> now() {
    return stopped;
  }

  /** Since when each stopped channel has been so. */
  public Map<Channel, Instant> since() {
    return Optional.ofNullable(store.read(StoppedChannels.KEY))
        .orElse(StoppedChannels.NONE)
        .since();
  }

  /** Looks for what operators did at other nodes; to be called each second. */
  public void refresh() {
    Set<Channel> before = stopped;
    stopped = read();
    if (!stopped.equals(before)) {
      LOG.warn("channels stopped by an operator: {}", stopped.isEmpty() ? "none" : stopped);
    }
  }

  private Set<Channel> read() {
    return since().keySet();
  }

  /**
   * Lets no letter leave.
   *
   * @param operator who acts, for the audit
   */
  public void stop(String operator, Channel channel) {
    change(operator, "stop", channel);
  }

  /** Lets letters leave again. */
  public void start(String operator, Channel channel) {
    change(operator, "start", channel);
  }

  private void change(String operator, String act, Channel channel) {
    Instant now = changes.now();
    changes.commit(
        Act.onCallers(operator, "channel." + act + "=" + channel.name().toLowerCase(Locale.ROOT)),
        List.of(StoppedChannels.KEY),
        rows -> {
          StoppedChannels before =
              Optional.ofNullable(rows.get(StoppedChannels.KEY)).orElse(StoppedChannels.NONE);
          Map<Channel, Instant> since = new EnumMap<>(Channel.class);
          since.putAll(before.since());
          if (act.equals("stop")) {
            since.putIfAbsent(channel, now);
          } else {
            since.remove(channel);
          }
          rows.put(StoppedChannels.KEY, new StoppedChannels(since));
        });
    refresh();
  }
}
