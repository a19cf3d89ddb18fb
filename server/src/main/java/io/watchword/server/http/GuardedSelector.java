package io.watchword.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Puts each connection of the web server under the eyes of {@link Traffic}. */
final class GuardedSelector implements ServerConnectionSelector {

  private final ServerConnectionSelector http;
  private final Traffic traffic;

  GuardedSelector(ServerConnectionSelector http, Traffic traffic) {
    this.http = http;
    this.traffic = traffic;
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
    return new GuardedConnection(http.connection(new GuardedContext(context, watched)), watched);
  }
}
