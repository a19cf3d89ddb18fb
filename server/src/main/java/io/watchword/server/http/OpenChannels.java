package io.watchword.server.http;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the channel of each connection from its acceptance until it is served. The web server's TLS
 * socket reads and writes under a lock that its close takes, too: whoever ends a connection that
 * dawdles must close the channel below, or waits as long as the client likes.
 */
final class OpenChannels implements SocketOptions {

  private final SocketOptions options = SocketOptions.create();
  private final Map<SocketAddress, SocketChannel> accepted = new ConcurrentHashMap<>();
  private final int most;

  /**
   * @param connections that may be open at the same time
   */
  OpenChannels(int connections) {
    this.most = 2 * connections;
  }

  /** The channel of a connection that was accepted and not asked for yet. */
  Optional<SocketChannel> take(SocketAddress client) {
    return Optional.ofNullable(accepted.remove(client));
  }

  @Override
  public void configureSocket(SocketChannel channel) {
    options.configureSocket(channel);
    try {
      if (accepted.size() >= most) { // some ended before they were served
        accepted.values().removeIf(known -> !known.isOpen());
      }
      SocketAddress client = channel.getRemoteAddress();
      if (client != null) {
        accepted.put(client, channel);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return options.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return options.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return options.readTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return options.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return options.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return options.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return options.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return options.tcpNoDelay();
  }
}
