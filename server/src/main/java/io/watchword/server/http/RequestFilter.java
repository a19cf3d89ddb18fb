package io.watchword.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Gives each request its id and counts it. Reads no body, decides nothing, and logs no path, as
 * paths hold keys.
 */
final class RequestFilter implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger(RequestFilter.class);
  private static final HeaderName TRACE = HeaderNames.create("traceparent");
  private static final Pattern GIVEN_ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");

  /** W3C Trace Context, section 3.2.2: version 00, neither id all zeros. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** A body that nobody has read is skipped up to here to save the connection. */
  private static final long CHEAP_TO_SKIP = 64 * 1024;

  private final List<Mount> mounts;
  private final Clients clients;
  private final MeterRegistry metrics;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;

  RequestFilter(
      List<Mount> mounts,
      Clients clients,
      MeterRegistry metrics,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.mounts = mounts;
    this.clients = clients;
    this.metrics = metrics;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long start = nanoTime.getAsLong();
    String door = door(request.path().rawPath()); // routing shortens the path later on
    String id = id(request);
    request.context().register(new RequestId(id));
    response.header(RequestId.HEADER, id);
    response.beforeSend(() -> closeIfUnread(request, response));
    MDC.put("request", id);
    request
        .headers()
        .first(TRACE)
        .filter(trace -> TRACEPARENT.matcher(trace).matches())
        .ifPresent(trace -> MDC.put("traceparent", trace));
    try {
      chain.proceed();
    } finally {
      count(door, response, nanoTime.getAsLong() - start);
      skipUnread(request);
      Traffic.Connection.current().ifPresent(Traffic.Connection::answered);
      MDC.clear();
    }
    if ((spoiled() || isLast(request)) && response.isSent()) {
      // The library would wait for the next request, whatever the headers said (RFC 9112, 9.6), and
      // take the rest of a body for one.
      throw new CloseConnectionException("the connection cannot be used any more");
    }
  }

  private static boolean isLast(RoutingRequest request) {
    return request.headers().contains(HeaderValues.CONNECTION_CLOSE);
  }

  private static void spoil() {
    Traffic.Connection.current().ifPresent(Traffic.Connection::spoil);
  }

  private static boolean spoiled() {
    return Traffic.Connection.current().filter(Traffic.Connection::spoiled).isPresent();
  }

  private void count(String door, RoutingResponse response, long nanos) {
    String status = Integer.toString(response.status().code());
    Timer.builder("http.server.requests")
        .description("Requests by door and HTTP status")
        .tag("door", door)
        .tag("status", status)
        .register(metrics)
        .record(nanos, TimeUnit.NANOSECONDS);
    LOG.debug("{} answered {} in {} ms", door, status, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private String door(String path) {
    for (Mount mount : mounts) {
      String prefix = mount.path();
      if (path.equals(prefix) || path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/")) {
        return mount.name();
      }
    }
    return "none";
  }

  private String id(RoutingRequest request) {
    return request
        .headers()
        .first(RequestId.HEADER)
        .filter(given -> GIVEN_ID.matcher(given).matches() && clients.throughProxy(request))
        .orElseGet(() -> {
          byte[] bytes = new byte[16];
          random.nextBytes(bytes);
          return HexFormat.of().formatHex(bytes);
        });
  }

  private static boolean isUnread(RoutingRequest request) {
    return !request.content().consumed() && request.content().hasEntity();
  }

  private static boolean isCheapToSkip(RoutingRequest request) {
    return !request.headers().contains(HeaderNames.EXPECT) // the body may never come
        && request.headers().contentLength().orElse(Long.MAX_VALUE) <= CHEAP_TO_SKIP;
  }

  private static void closeIfUnread(RoutingRequest request, RoutingResponse response) {
    if (isUnread(request) && !isCheapToSkip(request)) {
      spoil();
    }
    if (spoiled()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
  }

  /**
   * The web server would read the rest of a body too, but only while it waits for the next request,
   * whose time that takes. Here it is still a body, and cut off if it dawdles.
   */
  private static void skipUnread(RoutingRequest request) {
    if (!isUnread(request) || spoiled()) {
      return;
    }
    if (!isCheapToSkip(request)) {
      spoil();
      return;
    }
    try (InputStream rest = request.content().inputStream()) {
      rest.skipNBytes(request.headers().contentLength().orElse(0));
    } catch (IOException | RuntimeException e) {
      spoil();
    }
  }
}
