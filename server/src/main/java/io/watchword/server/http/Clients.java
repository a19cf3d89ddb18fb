package io.watchword.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.server.settings.values.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Tells where a request comes from, and believes only named proxies about it. */
public final class Clients {

  private static final int LONGEST_CHAIN = 32;

  private final List<Network> trustedProxies;

  public Clients(List<Network> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /** Whether the request comes straight from a named proxy. */
  public boolean throughProxy(ServerRequest request) {
    return peer(request).filter(this::trusted).isPresent();
  }

  /**
   * The client's address: the last one of {@code X-Forwarded-For} that is not a named proxy, as
   * each of them has added who came to it; everything before may be made up.
   */
  public Optional<InetAddress> address(ServerRequest request) {
    Optional<InetAddress> peer = peer(request);
    if (peer.filter(this::trusted).isEmpty()) {
      return peer;
    }
    InetAddress client = peer.get();
    for (String hop : hops(request)) {
      try {
        client = InetAddress.ofLiteral(hop);
      } catch (IllegalArgumentException e) {
        return Optional.of(client);
      }
      if (!trusted(client)) {
        return Optional.of(client);
      }
    }
    return Optional.of(client);
  }

  /** Nearest first. */
  private static List<String> hops(ServerRequest request) {
    List<String> hops = new ArrayList<>();
    for (String header : request.headers().values(HeaderNames.create("X-Forwarded-For"))) {
      for (String hop : header.split(",", LONGEST_CHAIN)) {
        hops.add(hop.strip());
      }
    }
    Collections.reverse(hops);
    return hops;
  }

  private static Optional<InetAddress> peer(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress address
        ? Optional.ofNullable(address.getAddress())
        : Optional.empty();
  }

  private boolean trusted(InetAddress address) {
    return trustedProxies.stream().anyMatch(network -> network.contains(address));
  }
}
