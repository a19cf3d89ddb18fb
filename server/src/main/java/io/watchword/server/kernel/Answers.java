package io.watchword.server.kernel;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.wire.ida.Json;
import io.watchword.wire.kernel.KernelError;
import io.watchword.wire.kernel.KernelReply;
import io.watchword.wire.kernel.SourceReply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes replies in the dialect of the deployment.
 *
 * @param secureCookies whether browsers may send a token over TLS only
 */
public record Answers(Dialect dialect, boolean secureCookies) {

  private static final HeaderName AUTHORIZATION = HeaderNames.create("Authorization");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter EXPIRES =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String VERSION = "1.0";

  /**
   * A request that is being answered.
   *
   * @param names of the call
   * @param now when handling began
   */
  public record Call(Names names, Envelope envelope, Instant now) {}

  /** A success. */
  public void accept(ServerResponse to, Call call, Object response) {
    send(to, Status.OK_200, body(call, call.names().success(), response, null));
  }

  /** Errors. */
  public void refuse(ServerResponse to, Call call, Refused why) {
    send(to, why.status(), body(call, call.names().failure(), null, why.errors()));
  }

  private Object body(
      Call call, String id, @Nullable Object response, @Nullable List<KernelError> errors) {
    String time = TIME.format(call.now());
    Envelope asked = call.envelope();
    return switch (dialect) {
      case SEED ->
          new SourceReply(id.isEmpty() ? null : id, VERSION, VERSION, time, response, errors);
      case KERNEL ->
          new KernelReply(
              echo(asked, asked.id(), errors),
              echo(asked, asked.version(), errors),
              time,
              null,
              response,
              errors);
    };
  }

  /** What a request that was JSON does not name is empty in a failure (contract kernel 1.2). */
  private static @Nullable String echo(
      Envelope asked, @Nullable String named, @Nullable List<KernelError> errors) {
    return named == null && asked.readable() && errors != null ? "" : named;
  }

  private static void send(ServerResponse to, Status status, Object body) {
    to.status(status);
    to.header(HeaderNames.CONTENT_TYPE, "application/json");
    to.header(HeaderNames.CACHE_CONTROL, "no-store");
    to.send(Json.write(body));
  }

  /**
   * Gives a token by header and cookie (contract kernel 1.5).
   *
   * @param now from when on its life is told: of a new token, when it was made, which is later than
   *     the request
   */
  public void giveToken(ServerResponse to, String token, Instant now, Instant until) {
    to.header(AUTHORIZATION, token);
    giveCookie(to, Caller.COOKIE, token, now, until);
  }

  /** Gives a token by a cookie. */
  public void giveCookie(ServerResponse to, String name, String token, Instant now, Instant until) {
    to.headers()
        .add(
            HeaderNames.SET_COOKIE,
            "%s=%s; Max-Age=%d; Expires=%s; Path=/; %sHttpOnly; SameSite=Strict"
                .formatted(
                    name,
                    token,
                    secondsUntil(until, now),
                    EXPIRES.format(until),
                    secureCookies ? "Secure; " : ""));
  }

  /**
   * How long a token lives, at least 0. Rounded: a session ends at a whole millisecond, and now may
   * be some microseconds after one.
   */
  public static long secondsUntil(Instant until, Instant now) {
    return Math.max(0, Duration.between(now, until).plusMillis(500).toSeconds());
  }

  /** Not in the envelope, like the framework of the deployed services (contract kernel 1.3). */
  public void plain(ServerResponse to, Status status, Instant now) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("timestamp", TIME.format(now));
    body.put("status", status.code());
    body.put("error", status.reasonPhrase());
    send(to, status, body);
  }
}
