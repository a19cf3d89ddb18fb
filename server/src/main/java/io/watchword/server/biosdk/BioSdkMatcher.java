package io.watchword.server.biosdk;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.watchword.core.authentication.BiometricMatcher;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.server.couriers.connection.Deadline;
import io.watchword.server.couriers.connection.TrustedCertificates;
import io.watchword.wire.biosdk.MatchDecision;
import io.watchword.wire.biosdk.Reply;
import io.watchword.wire.biosdk.RequestEnvelope;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has captures compared by a biometric service (contract biosdk): one {@code /match} a modality,
 * with all captures of it and all that is on file for their positions.
 *
 * <p>A capture whose position is told, and for which nothing is on file, is another person's
 * without any call. Whatever keeps the service from telling is a technical fault, never a mismatch;
 * nothing but {@code MATCHED} inside a success is a match. Neither what is sent nor the service's
 * own texts get into logs.
 */
public final class BioSdkMatcher implements BiometricMatcher, AutoCloseable {

  /** Most captures of one comparison. */
  public static final int MOST_PRESENTED = 10;

  /** Most records on file with which they are compared. */
  public static final int MOST_STORED = 40;

  /** Most bytes of all records of one comparison; each takes up to seven in the body. */
  public static final int MOST_BYTES = 4 * 1024 * 1024;

  private static final int LARGEST_REPLY = 1024 * 1024;

  /** A call of many records takes as many places as it has these bytes, at least one. */
  private static final int BYTES_OF_A_CALL = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(BioSdkMatcher.class);

  private final BioSdkService service;
  private final Set<Modality> modalities;
  private final BioSdkLimits limits;
  private final InstantSource clock;
  private final Semaphore room;
  private final CircuitBreaker breaker;
  private final HttpClient client;

  /**
   * @param modalities what the service is asked to compare
   * @throws IllegalArgumentException if the service has {@link BioSdkService#problems}, or there is
   *     no modality
   */
  public BioSdkMatcher(
      BioSdkService service, Set<Modality> modalities, BioSdkLimits limits, InstantSource clock) {
    if (!service.problems().isEmpty() || modalities.isEmpty()) {
      throw new IllegalArgumentException(
          modalities.isEmpty() ? "no modality" : String.join("; ", service.problems()));
    }
    this.service = service;
    this.modalities = Set.copyOf(modalities);
    this.limits = limits;
    this.clock = clock;
    this.room = new Semaphore(limits.calls(), true);
    this.breaker = CircuitBreaker.of(service.name(), limits.breaker(clock));
    this.breaker
        .getEventPublisher()
        .onStateTransition(event -> changed(event.getStateTransition().getToState()));
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .sslContext(TrustedCertificates.context(service.trustedCertificates()))
            .build();
  }

  private void changed(State state) {
    switch (state) {
      case OPEN -> LOG.warn("biometric service {} keeps failing and is not asked", service.name());
      case HALF_OPEN -> LOG.info("biometric service {} is probed", service.name());
      default -> LOG.info("biometric service {} works again", service.name());
    }
  }

  @Override
  public Set<Modality> modalities() {
    return modalities;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  @Override
  public Result compare(Modality modality, List<Sample> presented, List<Sample> stored) {
    if (!modalities.contains(modality)) {
      return new Result.TechnicalFault("no matcher of " + modality);
    }
    if (presented.isEmpty() || presented.size() > MOST_PRESENTED) {
      return new Result.TechnicalFault(presented.size() + " captures");
    }
    if (!Records.covers(stored, presented)) {
      return new Result.Different();
    }
    List<Sample> gallery = Records.gallery(presented, stored);
    if (gallery.size() > MOST_STORED) {
      return new Result.TechnicalFault(gallery.size() + " records on file");
    }
    long bytes = bytes(presented) + bytes(gallery);
    if (bytes > MOST_BYTES) {
      return new Result.TechnicalFault(bytes + " bytes of records");
    }
    if (!breaker.tryAcquirePermission()) {
      return new Result.TechnicalFault(service.name() + " keeps failing");
    }
    int places = Math.clamp(bytes / BYTES_OF_A_CALL, 1, limits.calls());
    if (!enters(places)) {
      breaker.releasePermission();
      return new Result.TechnicalFault("too many calls of " + service.name() + " at once");
    }
    return judged(modality, presented, gallery, places);
  }

  private static long bytes(List<Sample> samples) {
    return samples.stream().mapToLong(sample -> sample.record().length).sum();
  }

  private boolean enters(int places) {
    try {
      return room.tryAcquire(places, limits.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Result judged(
      Modality modality, List<Sample> presented, List<Sample> gallery, int places) {
    long start = System.nanoTime();
    Verdict verdict = asked(modality, presented, gallery, places);
    long took = System.nanoTime() - start;
    if (verdict.answered()) {
      breaker.onSuccess(took, TimeUnit.NANOSECONDS);
    } else {
      breaker.onError(took, TimeUnit.NANOSECONDS, new NotAnswered());
    }
    // Faults are logged by whoever gets them, with those that never got to the service.
    if (verdict.result() instanceof Result.Different && !verdict.note().isEmpty()) {
      LOG.warn("biometric service {}, {}: {}", service.name(), modality, verdict.note());
    }
    return verdict.result();
  }

  private Verdict asked(
      Modality modality, List<Sample> presented, List<Sample> gallery, int places) {
    try {
      // The client's own limit ends with the answer's head; this one covers its body too.
      HttpResponse<byte[]> reply =
          Deadline.within(
              limits.total(),
              () -> sent(request(modality, presented, gallery)),
              () -> room.release(places));
      return reply.statusCode() / 100 == 2
          ? Verdict.of(Reply.read(reply.body(), MatchDecision[].class), Records.type(modality))
          : Verdict.silent("HTTP status " + reply.statusCode());
    } catch (TimeoutException e) {
      return Verdict.silent("no answer within " + limits.total().toMillis() + " ms");
    } catch (ExecutionException e) {
      return Verdict.silent(reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Verdict.silent("interrupted");
    }
  }

  private HttpRequest request(Modality modality, List<Sample> presented, List<Sample> gallery) {
    Map<String, String> flags =
        Map.of(
            "uniqueRefID",
            UUID.randomUUID().toString(),
            "timestamp",
            clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    byte[] body = RequestEnvelope.seal(Records.request(modality, presented, gallery, flags));
    HttpRequest.Builder request = HttpRequest.newBuilder(service.endpoint("match"));
    service.headers().forEach(request::setHeader);
    return request
        .setHeader("Content-Type", "application/json")
        .setHeader("Accept", "application/json")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  /**
   * Sends it; once more if no connection came about, since then nobody can have it. The JDK's
   * client itself knocks twice where a connection is refused.
   */
  private HttpResponse<byte[]> sent(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, limited());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      Thread.sleep(limits.retryPause());
      return client.send(request, limited());
    }
  }

  private static HttpResponse.BodyHandler<byte[]> limited() {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_REPLY);
  }

  private static String reason(@Nullable Throwable thrown) {
    return switch (thrown) {
      case HttpConnectTimeoutException e -> "no connection in time";
      case ConnectException e -> "no connection";
      case SSLException e -> "TLS failed";
      case IOException e -> "connection broken or reply too large";
      case null -> "failed";
      default -> thrown.getClass().getSimpleName();
    };
  }

  /** What the breaker is told of a failure; it looks at none of its parts. */
  private static final class NotAnswered extends Exception {

    private static final long serialVersionUID = 1L;

    NotAnswered() {
      super("not answered", null, false, false);
    }
  }
}
