package io.watchword.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;

/** Puts each connection of the web server under the eyes of {@link Traffic}. */
final class GuardedSelector implements ServerConnectionSelector {

  private final ServerConnectionSelector http;
  private final Traffic traffic;
  private final OpenChannels channels;

  GuardedSelector(ServerConnectionSelector http, Traffic traffic, OpenChannels channels) {
    this.http = http;
    this.traffic = traffic;
    this.channels = channels;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Traffic.Connection watched = traffic.connected();
    Optional<SocketChannel> channel = channels.take(context.remotePeer().address());
    return new GuardedConnection(
        http.connection(new GuardedContext(context, watched, channel)), watched);
  }
}
