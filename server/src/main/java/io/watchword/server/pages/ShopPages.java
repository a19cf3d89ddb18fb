package io.watchword.server.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.server.http.Bodies;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.http.Clients;
import io.watchword.server.pages.ShopAttempts.Attempt;
import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The demo's shop in the role of a portal: a login page with the widget, and the small back end of
 * contract mobile 3.10, which speaks to the public API only and keeps what it knows by the
 * browser's cookie. Logins that are under way outlive a restart; who is logged in to the shop does
 * not.
 */
public final class ShopPages implements HttpService {

  private static final String BASE = "/demo/portal/mobile-login";
  private static final String ATTEMPT = "mlogin";
  private static final String SESSION = "shop";
  private static final int SECRET_BYTES = 32;
  private static final int LARGEST_BODY = 4 * 1024;
  private static final Duration STREAM = Duration.ofSeconds(50);

  private final PortalApi api;
  private final Clients clients;
  private final String origin;
  private final String attributes;
  private final SecureRandom random;

  private final ShopAttempts attempts;

  private final Cache<String, String> sessions =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();

  /**
   * @param clients tells where browsers are
   * @param origin of the login page
   */
  public ShopPages(
      PortalApi api, Clients clients, ShopAttempts attempts, String origin, SecureRandom random) {
    this.api = api;
    this.clients = clients;
    this.attempts = attempts;
    this.origin = origin;
    // Browsers keep no Secure cookie of plain HTTP, which the demo speaks on the loopback.
    this.attributes =
        "; Path=/demo/portal; HttpOnly; SameSite=Lax"
            + (origin.startsWith("https:") ? "; Secure" : "");
    this.random = random;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/demo/portal", (_, response) -> Assets.send(response, "portal.html"))
        .get("/demo/portal.js", (_, response) -> Assets.send(response, "portal.js"))
        .get("/demo/portal.css", (_, response) -> Assets.send(response, "portal.css"))
        .get("/demo/portal/account", (_, response) -> Assets.send(response, "account.html"))
        .get("/demo/account.js", (_, response) -> Assets.send(response, "account.js"))
        .get("/demo/portal/me", this::me)
        .post("/demo/portal/log-out", this::logOut)
        .post(BASE + "/start", this::start)
        .get(BASE + "/events", this::events)
        .get(BASE + "/status", this::status)
        .post(BASE + "/finish", this::finish)
        .post(BASE + "/cancel", this::cancel);
  }

  private void me(ServerRequest request, ServerResponse response) {
    String user = cookie(request, SESSION).map(sessions::getIfPresent).orElse(null);
    if (user == null) {
      json(response, Status.UNAUTHORIZED_401, Map.of("error", "nobody is logged in"));
    } else {
      json(response, Status.OK_200, Map.of("user", user));
    }
  }

  private void logOut(ServerRequest request, ServerResponse response) {
    cookie(request, SESSION).ifPresent(sessions::invalidate);
    response.header(HeaderNames.SET_COOKIE, gone(SESSION));
    json(response, Status.OK_200, Map.of("redirect", "/demo/portal"));
  }

  private void start(ServerRequest request, ServerResponse response) {
    if (isForeign(request, response)) {
      return;
    }
    String secret = secret();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("type", request.query().first("type").orElse("qr-code"));
    fields.put("origin", origin);
    fields.put("session_binding", SignedText.hash(Base64Url.decode(secret)));
    fields.put(
        "qr_mode",
        request.query().first("mode").orElse("").equals("rotating") ? "rotating" : "static");
    fields.put("language_code", request.query().first("language").orElse("en"));
    request.headers().first(HeaderNames.USER_AGENT).ifPresent(it -> fields.put("user_agent", it));
    clients.address(request).ifPresent(it -> fields.put("ip_address", it.getHostAddress()));
    PortalApi.Reply reply = api.start(fields);
    if (reply.status() != 200) {
      json(response, Status.BAD_GATEWAY_502, Map.of("error", reply.text("error")));
      return;
    }
    JsonNode qr = reply.json().path("qr");
    attempts.put(
        SignedText.hash(secret),
        attempts.started(
            reply.text("transaction_id"),
            reply.text("otp"),
            qr.isObject() ? Base64Url.decode(qr.path("key").stringValue("")) : null,
            qr.path("step_ms").longValue(1_000)));
    response.header(HeaderNames.SET_COOKIE, set(ATTEMPT, secret));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("expires_in", reply.json().path("claim_expires_in").intValue(60));
    body.put("mode", qr.isObject() ? "rotating" : "static");
    json(response, Status.OK_200, body);
  }

  private Optional<Attempt> attempt(ServerRequest request) {
    return cookie(request, ATTEMPT).map(SignedText::hash).flatMap(attempts::find);
  }

  private static Map<String, Object> state(PortalApi.Reply reply) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("version", reply.json().path("version").longValue(0));
    state.put("state", reply.text("status"));
    if (reply.json().has("display_number")) {
      state.put("display_number", reply.text("display_number"));
    }
    if (reply.json().has("expires_in")) {
      state.put("expires_in", reply.json().path("expires_in").longValue(0));
    }
    return state;
  }

  private void status(ServerRequest request, ServerResponse response) {
    Optional<Attempt> attempt = attempt(request);
    if (attempt.isEmpty()) {
      json(response, Status.NOT_FOUND_404, Map.of("error", "no attempt"));
      return;
    }
    Map<String, Object> state = state(api.result(attempt.get().transaction(), 0, -1));
    if ("pending".equals(state.get("state"))) {
      state.put("otp", attempt.get().shown());
      state.put("valid_ms", attempt.get().key() == null ? 60_000 : 8_000);
    }
    json(response, Status.OK_200, state);
  }

  private void events(ServerRequest request, ServerResponse response) {
    Optional<Attempt> attempt = attempt(request);
    if (attempt.isEmpty()) {
      json(response, Status.NOT_FOUND_404, Map.of("error", "no attempt"));
      return;
    }
    Assets.secured(response)
        .header(HeaderNames.CONTENT_TYPE, "text/event-stream")
        .header("X-Accel-Buffering", "no");
    try (OutputStream out = response.outputStream()) {
      stream(attempt.get(), out);
    } catch (IOException e) {
      // The page has gone; its browser comes back by itself if it wants to.
    }
  }

  private void stream(Attempt attempt, OutputStream out) throws IOException {
    long end = System.nanoTime() + STREAM.toNanos();
    long version = -1;
    String shown = "";
    int id = 0;
    out.write("retry: 1000\n\n".getBytes(UTF_8));
    while (System.nanoTime() < end) {
      PortalApi.Reply reply = api.result(attempt.transaction(), version < 0 ? 0 : 1, version);
      long seen = reply.json().path("version").longValue(0);
      String status = reply.text("status");
      if (seen != version) {
        version = seen;
        event(out, "state", ++id, state(reply));
      } else {
        event(out, "ping", ++id, Map.of());
      }
      if (!status.equals("pending") && !status.equals("scanned")) {
        return;
      }
      String now = attempt.shown();
      if (status.equals("pending") && !now.equals(shown)) {
        shown = now;
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("otp", now);
        frame.put("valid_ms", attempt.key() == null ? 300_000 : 8_000);
        event(out, "frame", ++id, frame);
      }
      out.flush();
    }
  }

  private static void event(OutputStream out, String name, int id, Map<String, Object> data)
      throws IOException {
    out.write("event: %s\nid: %d\ndata: ".formatted(name, id).getBytes(UTF_8));
    out.write(Json.write(data));
    out.write("\n\n".getBytes(UTF_8));
    out.flush();
  }

  private void finish(ServerRequest request, ServerResponse response) {
    if (isForeign(request, response)) {
      return;
    }
    Optional<String> secret = cookie(request, ATTEMPT);
    Optional<Attempt> attempt = attempt(request);
    if (secret.isEmpty() || attempt.isEmpty()) {
      json(response, Status.NOT_FOUND_404, Map.of("error", "no attempt"));
      return;
    }
    PortalApi.Reply reply = api.redeem(attempt.get().transaction(), secret.get());
    if (reply.status() != 200) {
      json(response, Status.CONFLICT_409, Map.of("error", reply.text("error")));
      return;
    }
    attempts.remove(SignedText.hash(secret.get()));
    String session = secret();
    sessions.put(session, reply.text("user_id"));
    response.headers().add(HeaderValues.create(HeaderNames.SET_COOKIE, gone(ATTEMPT)));
    response.headers().add(HeaderValues.create(HeaderNames.SET_COOKIE, set(SESSION, session)));
    json(response, Status.OK_200, Map.of("redirect", "/demo/portal/account"));
  }

  private void cancel(ServerRequest request, ServerResponse response) {
    if (isForeign(request, response)) {
      return;
    }
    attempt(request).ifPresent(known -> api.cancel(known.transaction()));
    json(response, Status.OK_200, Map.of());
  }

  /** Whether another site's page has made the request; browsers tell, and then it is refused. */
  private boolean isForeign(ServerRequest request, ServerResponse response) {
    Optional<String> from = request.headers().first(HeaderNames.ORIGIN);
    try {
      Bodies.read(request, LARGEST_BODY);
    } catch (BodyTooLarge | BodyUnreadable e) {
      json(response, Status.BAD_REQUEST_400, Map.of("error", "body"));
      return true;
    }
    if (from.isPresent() && !from.get().equals(origin)) {
      json(response, Status.FORBIDDEN_403, Map.of("error", "from another site"));
      return true;
    }
    return false;
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64Url.encode(bytes);
  }

  private static Optional<String> cookie(ServerRequest request, String name) {
    return request
        .headers()
        .cookies()
        .first(name)
        .asOptional()
        .filter(value -> value.matches("[A-Za-z0-9_-]{43}"));
  }

  private String set(String name, String value) {
    return name + "=" + value + attributes;
  }

  private String gone(String name) {
    return name + "=" + attributes + "; Max-Age=0";
  }

  private static void json(ServerResponse response, Status status, Map<String, Object> body) {
    Assets.secured(response)
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(Json.write(body));
  }
}
