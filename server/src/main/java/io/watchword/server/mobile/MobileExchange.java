package io.watchword.server.mobile;

import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.server.http.Bodies;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.http.Overloaded;
import io.watchword.server.kernel.Exchange.Outside;
import io.watchword.wire.ida.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests of mobile authentication and writes their answers, none of which is cached. */
final class MobileExchange {

  private static final Logger LOG = LoggerFactory.getLogger(MobileExchange.class);
  private static final int LARGEST_BODY = 64 * 1024;

  private final Outside outside;
  private final Set<String> origins;

  /**
   * @param origins of pages that may call from a browser; their scripts may read the answers
   */
  MobileExchange(Outside outside, Set<String> origins) {
    this.outside = outside;
    this.origins = Set.copyOf(origins);
  }

  /**
   * What a request is answered with.
   *
   * @param body members in their order; empty: none
   */
  record Answer(Status status, Map<String, Object> body) {

    static Answer ok(Map<String, Object> body) {
      return new Answer(Status.OK_200, body);
    }

    static Answer nothing() {
      return new Answer(Status.NO_CONTENT_204, Map.of());
    }
  }

  /** What a door does with a request. */
  interface Step {
    Answer answer(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable;
  }

  /** Makes a handler of a step. */
  Handler handler(String operation, Step step) {
    return (request, response) -> handle(request, response, operation, step);
  }

  /** What a browser asks before it lets a script call from another origin (Fetch, CORS). */
  void preflight(ServerRequest request, ServerResponse response) {
    allow(request, response);
    response
        .status(Status.NO_CONTENT_204)
        .header("Access-Control-Allow-Methods", "GET, POST, DELETE")
        .header("Access-Control-Allow-Headers", "Authorization, Content-Type")
        .header("Access-Control-Max-Age", "600")
        .send();
  }

  private void allow(ServerRequest request, ServerResponse response) {
    if (origins.isEmpty()) {
      return;
    }
    response.header("Vary", "Origin");
    request
        .headers()
        .first(HeaderNames.ORIGIN)
        .filter(origins::contains)
        .ifPresent(origin -> response.header("Access-Control-Allow-Origin", origin));
  }

  private void handle(ServerRequest request, ServerResponse response, String operation, Step step) {
    allow(request, response);
    try {
      Answer answer = step.answer(request);
      send(response, answer.status(), answer.body());
      tell(request, operation, List.of());
    } catch (MobileRefused e) {
      refuse(response, e);
      e.counted().ifPresent(reason -> outside.refused().accept("mobile", reason));
      tell(request, operation, List.of(e.name()));
    } catch (BodyTooLarge e) {
      refuse(
          response,
          MobileRefused.phone(
              Status.REQUEST_ENTITY_TOO_LARGE_413, "malformed", "the body is too large"));
    } catch (BodyUnreadable e) {
      refuse(
          response,
          MobileRefused.phone(Status.BAD_REQUEST_400, "malformed", "the body did not arrive"));
    } catch (StoreUnavailable e) {
      LOG.error("the store is {}: {}", e.reason(), e.getMessage());
      response.header("Retry-After", "1");
      refuse(
          response,
          MobileRefused.portal(
              Status.SERVICE_UNAVAILABLE_503, "1002", "temporarily_unavailable", "try again"));
    } catch (Overloaded e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("a request failed", e);
      refuse(
          response,
          MobileRefused.portal(
              Status.INTERNAL_SERVER_ERROR_500, "1002", "server_error", "internal server error"));
    }
  }

  private void tell(ServerRequest request, String operation, List<String> codes) {
    outside.seen().answered(id(request), "mobile", operation, codes);
  }

  private static void refuse(ServerResponse response, MobileRefused why) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", why.error());
    body.put("error_description", why.description());
    if (!why.code().isEmpty()) {
      body.put("error_code", why.code());
      body.put("description", why.description());
    }
    body.putAll(why.more());
    if (why.status().equals(Status.UNAUTHORIZED_401)) {
      response.header(
          "WWW-Authenticate",
          why.error().equals("invalid_client")
              ? "Basic realm=\"mobile authentication\""
              : "Bearer error=\"" + why.error() + "\"");
    }
    if (why.more().get("retry_after") instanceof Number seconds) {
      response.header("Retry-After", seconds.toString());
    }
    send(response, why.status(), body);
  }

  private static void send(ServerResponse response, Status status, Map<String, Object> body) {
    response.status(status).header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
    if (body.isEmpty()) {
      response.send();
    } else {
      response.header(HeaderNames.CONTENT_TYPE, "application/json").send(Json.write(body));
    }
  }

  /** The server's id of a request. */
  String id(ServerRequest request) {
    return outside.requestId().apply(request);
  }

  /** The address of whoever made a request; empty: not known. */
  String origin(ServerRequest request) {
    return outside.origin().apply(request);
  }

  Instant now() {
    return outside.clock().instant();
  }

  /** The body as a form. */
  Form form(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    byte[] body = Bodies.read(request, LARGEST_BODY);
    if (body.length > 0 && !isOfType(request, "application/x-www-form-urlencoded")) {
      throw MobileRefused.portal(
          Status.UNSUPPORTED_MEDIA_TYPE_415, "1003", "invalid_request", "the body must be a form");
    }
    return Form.read(body)
        .orElseThrow(() ->
            MobileRefused.portal(
                Status.BAD_REQUEST_400,
                "1003",
                "invalid_request",
                "the body is no form, or has a parameter twice"));
  }

  /** The body as a JSON object. */
  ObjectNode json(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    byte[] body = Bodies.read(request, LARGEST_BODY);
    Optional<ObjectNode> json =
        isOfType(request, "application/json") ? Json.readObject(body) : Optional.empty();
    return json.orElseThrow(() ->
        MobileRefused.phone(
            MobileRefused.UNPROCESSABLE, "malformed", "the body is not a JSON object"));
  }

  private static boolean isOfType(ServerRequest request, String type) {
    try {
      return request
          .headers()
          .contentType()
          .filter(given -> given.mediaType().text().equals(type))
          .isPresent();
    } catch (BadRequestException e) {
      return false; // a text that is no media type
    }
  }
}
