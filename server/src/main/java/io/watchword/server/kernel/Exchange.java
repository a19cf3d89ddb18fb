package io.watchword.server.kernel;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.BadRequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.server.http.Bodies;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.http.Overloaded;
import io.watchword.wire.kernel.KernelError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads requests of the kernel services and writes their answers; what lies between is a {@link
 * Step} of a door.
 */
public final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final String door;
  private final Answers answers;
  private final Vocabulary vocabulary;
  private final Outside outside;
  private final int largestBody;

  /**
   * What a service calls its general faults.
   *
   * @param unreadable a body or its envelope that cannot be read; HTTP 200
   * @param noRequest a member {@code request} that is not there
   * @param noRequestStatus with this status
   * @param unexpected a fault of ours; HTTP 500
   */
  public record Vocabulary(
      String unreadable, KernelError noRequest, Status noRequestStatus, String unexpected) {}

  /**
   * What a door asks of the server around it.
   *
   * @param requestId the server's id of a request
   * @param origin address of whoever made it, as far as it is known
   * @param seen told of each answer
   * @param refused counts a refusal of nobody in particular, by door and reason
   */
  public record Outside(
      Function<ServerRequest, String> requestId,
      Function<ServerRequest, String> origin,
      Witness seen,
      BiConsumer<String, String> refused,
      InstantSource clock) {}

  /** Is told how each request ended, for people who want to know why they were refused. */
  public interface Witness {

    /**
     * @param codes that were answered; empty: accepted
     */
    void answered(String request, String door, String operation, List<String> codes);
  }

  /** What the body of a call holds. */
  public enum Shape {
    /** The envelope, and in it a member {@code request}. */
    ENVELOPE,
    /** Members without an envelope. */
    BARE,
    /** Nothing that is looked at. */
    NOTHING
  }

  /**
   * A request as it came in.
   *
   * @param members of its payload
   * @param now when handling began: all checks look at the same clock
   * @param id the server's id of it
   * @param origin address of whoever made it
   */
  public record Incoming(
      ServerRequest request,
      ServerResponse response,
      Members members,
      Instant now,
      String id,
      String origin) {

    /** A part of the path. */
    public String part(String name) {
      return request.path().pathParameters().first(name).orElse("");
    }

    /** Without content. */
    @Override
    public String toString() {
      return "Incoming[" + id + "]";
    }
  }

  /** What a door does with a request. */
  public interface Step {

    /**
     * The {@code response} of a success.
     *
     * @throws Refused with the errors of a failure
     */
    Object answer(Incoming incoming) throws Refused;
  }

  /**
   * @param door name of the wire format
   * @param largestBody in bytes
   */
  public Exchange(
      String door, Answers answers, Vocabulary vocabulary, Outside outside, int largestBody) {
    this.door = door;
    this.answers = answers;
    this.vocabulary = vocabulary;
    this.outside = outside;
    this.largestBody = largestBody;
  }

  public Answers answers() {
    return answers;
  }

  /** Makes a handler of a step. */
  public Handler handler(Names names, Shape shape, Step step) {
    return (request, response) -> handle(request, response, names, shape, step);
  }

  /** For a path that there is, and a method that it does not know. */
  public void otherMethod(ServerRequest request, ServerResponse response) {
    answers.plain(response, Status.METHOD_NOT_ALLOWED_405, outside.clock().instant());
  }

  /** For a path that there is not. */
  public void otherPath(ServerRequest request, ServerResponse response) {
    answers.plain(response, Status.NOT_FOUND_404, outside.clock().instant());
  }

  private void handle(
      ServerRequest request, ServerResponse response, Names names, Shape shape, Step step) {
    Instant now = outside.clock().instant();
    byte[] body;
    try {
      body = Bodies.read(request, largestBody);
    } catch (BodyTooLarge e) {
      answers.plain(response, Status.REQUEST_ENTITY_TOO_LARGE_413, now);
      return;
    } catch (BodyUnreadable e) {
      LOG.debug("no body: {}", e.getMessage());
      body = new byte[0];
    }
    if (shape != Shape.NOTHING && !isJson(request)) {
      answers.plain(response, Status.UNSUPPORTED_MEDIA_TYPE_415, now);
      return;
    }
    Envelope envelope =
        switch (shape) {
          case ENVELOPE -> Envelope.read(body);
          case BARE -> Envelope.bare(body);
          case NOTHING -> Envelope.NONE;
        };
    var call = new Answers.Call(names, envelope, now);
    try {
      var incoming =
          new Incoming(
              request,
              response,
              members(envelope),
              now,
              outside.requestId().apply(request),
              outside.origin().apply(request));
      Object answer = step.answer(incoming);
      answers.accept(response, call, answer);
      tell(request, names, List.of());
    } catch (Refused e) {
      answers.refuse(response, call, e);
      tell(request, names, e.errors().stream().map(KernelError::errorCode).toList());
    } catch (StoreUnavailable e) {
      unavailable(response, call, e);
    } catch (Overloaded e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("a request failed", e);
      answers.refuse(response, call, unexpected("Internal server error"));
    }
  }

  private Members members(Envelope envelope) throws Refused {
    if (envelope.fault() != null) {
      throw new Refused(vocabulary.unreadable(), envelope.fault());
    }
    if (envelope.request() == null) {
      throw new Refused(vocabulary.noRequestStatus(), List.of(vocabulary.noRequest()));
    }
    return envelope.request();
  }

  /** HTTP 500 with the service's code for it. */
  public Refused unexpected(String message) {
    return new Refused(Status.INTERNAL_SERVER_ERROR_500, vocabulary.unexpected(), message);
  }

  private void unavailable(ServerResponse response, Answers.Call call, StoreUnavailable failure) {
    LOG.error("the store is {}: {}", failure.reason(), failure.getMessage());
    switch (failure.reason()) {
      case BUSY, CLOSED ->
          response.status(Status.SERVICE_UNAVAILABLE_503).header("Retry-After", "1").send();
      case FAILED, UNKNOWN -> answers.refuse(response, call, unexpected("Internal server error"));
    }
  }

  private void tell(ServerRequest request, Names names, List<String> codes) {
    outside.seen().answered(outside.requestId().apply(request), door, names.success(), codes);
  }

  private static boolean isJson(ServerRequest request) {
    try {
      return request
          .headers()
          .contentType()
          .filter(type -> type.mediaType().equals(MediaTypes.APPLICATION_JSON))
          .isPresent();
    } catch (BadRequestException e) {
      return false; // a text that is no media type
    }
  }
}
