package io.watchword.server.http;

import io.helidon.http.HttpException;
import io.helidon.http.HttpLogConfig;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running HTTP server: doors and pages where they are mounted, {@code /health} and {@code
 * /metrics}. What no mount owns is 404.
 */
public final class HttpHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpHost.class);
  private static final int LONGEST_REQUEST_LINE = 8 * 1024;
  private static final Duration NEVER = Duration.ofDays(1);

  private final ServerSettings settings;
  private final Traffic traffic;
  private final Health health;
  private final @Nullable ServerTls tls;
  private final WebServer server;

  /**
   * Binds nothing yet.
   *
   * @param mounts in the order in which their paths are tried, the longest first
   * @param largestBody that any of them takes, in bytes
   * @param random makes request ids
   */
  public HttpHost(
      ServerSettings settings,
      List<Mount> mounts,
      long largestBody,
      Health health,
      Metrics metrics,
      RandomGenerator random) {
    this.settings = settings;
    this.health = health;
    this.tls = tls(settings.tls());
    ServerSettings.Limits limits = settings.limits();
    traffic = new Traffic(limits, largestBody, System::nanoTime);
    gauges(metrics.registry());
    var filter =
        new RequestFilter(
            mounts,
            new Clients(settings.trustedProxies()),
            metrics.registry(),
            random,
            System::nanoTime);
    HttpRouting.Builder routing =
        HttpRouting.builder()
            .addFilter(filter)
            .error(Overloaded.class, HttpHost::overloaded)
            .error(HttpException.class, HttpHost::httpError)
            .error(Throwable.class, HttpHost::unexpected)
            .register("/health", health)
            .register("/metrics", metrics);
    mounts.forEach(mount -> routing.register(mount.path(), mount.service()));
    var channels = new OpenChannels(limits.connections());
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .protocolsDiscoverServices(false)
            .featuresDiscoverServices(false)
            .shutdownHook(false)
            .shutdownGracePeriod(limits.shutdownGrace())
            .contentEncoding(new NoCodings())
            .maxTcpConnections(limits.connections())
            .idleConnectionTimeout(NEVER) // Traffic has a finer eye
            .idleConnectionPeriod(NEVER)
            .addConnectionSelector(new GuardedSelector(http1(limits), traffic, channels))
            .connectionOptions(channels)
            .routing(routing);
    if (tls != null) {
      builder.tls(tls.tls());
    }
    server = builder.build();
  }

  private static @Nullable ServerTls tls(ServerSettings.Tls settings) {
    return settings.certificate() == null || settings.key() == null
        ? null
        : new ServerTls(settings.certificate(), settings.key());
  }

  /** Looks whether the certificate's files have changed; to be called each second. */
  public void refresh() {
    if (tls != null) {
      tls.refresh();
    }
  }

  private Http1ConnectionSelector http1(ServerSettings.Limits limits) {
    return Http1ConnectionSelector.builder()
        .config(
            Http1Config.builder()
                .maxHeadersSize(limits.head().toInt())
                .maxPrologueLength(LONGEST_REQUEST_LINE)
                .addReceiveListener(traffic.listener())
                // The library's own listeners would write whole messages into the log.
                .log(HttpLogConfig.builder().sendLog(false).receiveLog(false).build())
                .build())
        .build();
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException if the address cannot be bound; the message says so in a sentence
   */
  public HttpHost start() {
    tryAddress();
    server.start();
    if (!server.isRunning()) { // the library logs the reason and returns
      traffic.close();
      throw new IllegalStateException("cannot listen on " + address() + "; the log says why");
    }
    LOG.info("listening on {}", url());
    return this;
  }

  /** The library tells a failure to the log with all its frames; this tells the operator. */
  private void tryAddress() {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException | IllegalArgumentException e) {
      traffic.close();
      throw new IllegalStateException(
          "cannot listen on %s (%s)".formatted(address(), e.getMessage()), e);
    }
  }

  private String address() {
    return settings.host() + ":" + settings.port();
  }

  /** The port that it listens on, also where the settings left the choice to the system. */
  public int port() {
    return server.port();
  }

  /** The base address for clients, without a slash at the end. */
  public String url() {
    String publicUrl = settings.publicUrl();
    if (publicUrl != null) {
      return publicUrl;
    }
    return localUrl();
  }

  /** Where it listens, whatever clients call it. */
  public String localUrl() {
    return settings.address(port());
  }

  /** Takes no more requests, lets those under way finish within the grace period, and stops. */
  @Override
  public void close() {
    health.stopping();
    server.stop();
    traffic.close();
    LOG.info("stopped listening");
  }

  private void gauges(MeterRegistry registry) {
    Gauge.builder("http.server.connections", traffic, Traffic::connections)
        .description("Open connections")
        .register(registry);
    Gauge.builder("http.server.requests.working", traffic, Traffic::working)
        .description("Requests that are worked on")
        .register(registry);
    Gauge.builder("http.server.body.memory", traffic, Traffic::bodyBytes)
        .description("Memory that request bodies take")
        .baseUnit("bytes")
        .register(registry);
    FunctionCounter.builder("http.server.connections.cut.off", traffic, Traffic::cutOff)
        .description("Connections that were ended because they dawdled")
        .register(registry);
  }

  private static void overloaded(ServerRequest request, ServerResponse response, Overloaded e) {
    LOG.debug("answered 503: {}", e.getMessage());
    response
        .status(Status.SERVICE_UNAVAILABLE_503)
        .header("Retry-After", "1")
        .header("Connection", "close")
        .send();
  }

  private static void httpError(ServerRequest request, ServerResponse response, HttpException e) {
    response.status(e.status()).send();
  }

  private static void unexpected(ServerRequest request, ServerResponse response, Throwable e) {
    LOG.error("a request failed", e);
    response.status(Status.INTERNAL_SERVER_ERROR_500).header("Connection", "close").send();
  }
}
