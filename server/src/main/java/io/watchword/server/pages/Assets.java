package io.watchword.server.pages;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Pages, scripts and styles that are part of the program. */
final class Assets {

  private static final Pattern NAME = Pattern.compile("([a-z0-9-]+/)*[a-z0-9-]+\\.(html|js|css)");

  /** No script but our own, no connection but to this server. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' blob: data:; media-src 'self' blob:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=UTF-8",
          "js", "text/javascript; charset=UTF-8",
          "css", "text/css; charset=UTF-8");

  /** Files that were sent before. Only what exists is kept: strangers invent names without end. */
  private static final Map<String, byte[]> KNOWN = new ConcurrentHashMap<>();

  private Assets() {}

  /** Sends a file, or 404. */
  static void send(ServerResponse response, String name) {
    Optional<byte[]> file = NAME.matcher(name).matches() ? read(name) : Optional.empty();
    if (file.isEmpty()) {
      response.status(Status.NOT_FOUND_404).send();
      return;
    }
    secured(response)
        .header(HeaderNames.CONTENT_TYPE, TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
        .send(file.get());
  }

  /** What every page of the demo with a script is sent with. */
  static ServerResponse secured(ServerResponse response) {
    return response
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .header("Content-Security-Policy", POLICY)
        .header("Permissions-Policy", "camera=(self)")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer");
  }

  private static Optional<byte[]> read(String name) {
    Optional<byte[]> known = Optional.ofNullable(KNOWN.get(name));
    if (known.isPresent()) {
      return known;
    }
    Optional<byte[]> loaded = load(name);
    loaded.ifPresent(file -> KNOWN.put(name, file));
    return loaded;
  }

  /** The names that are kept, for tests. */
  static Set<String> kept() {
    return Set.copyOf(KNOWN.keySet());
  }

  private static Optional<byte[]> load(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
