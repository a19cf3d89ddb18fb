package io.watchword.server.mobile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.keys.Keyring;
import io.watchword.core.mobile.PortalClient;
import io.watchword.core.unit.CachedRows;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Optional;

/**
 * Which portal a request comes from: HTTP Basic, or two fields of the form (contract mobile 1.2).
 */
final class Portals {

  private static final String BASIC = "Basic ";
  private static final int LONGEST = 256;

  private final CachedRows rows;
  private final Keyring keyring;

  Portals(CachedRows rows, Keyring keyring) {
    this.rows = rows;
    this.keyring = keyring;
  }

  private record Credentials(String id, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Credentials";
    }
  }

  /** The portal, if it may do this. */
  PortalClient admit(ServerRequest request, Form form, PortalClient.Scope scope)
      throws MobileRefused {
    Optional<Credentials> given =
        basic(request)
            .or(() ->
                form.get("client_id")
                    .flatMap(id ->
                        form.get("client_secret").map(secret -> new Credentials(id, secret))));
    PortalClient client =
        given
            .filter(known -> known.id().length() <= LONGEST && known.secret().length() <= LONGEST)
            .flatMap(this::find)
            .orElseThrow(() ->
                MobileRefused.portal(
                    Status.UNAUTHORIZED_401,
                    "1003",
                    "invalid_client",
                    "the client id or its secret is wrong"));
    if (!client.scopes().contains(scope)) {
      throw MobileRefused.portal(
          Status.FORBIDDEN_403, "1003", "insufficient_scope", "the client may not do this");
    }
    return client;
  }

  private Optional<PortalClient> find(Credentials given) {
    return Optional.ofNullable(rows.get(PortalClient.TABLE.key(given.id())))
        .filter(PortalClient::active)
        .filter(client -> client.accepts(keyring, given.secret()));
  }

  private static Optional<Credentials> basic(ServerRequest request) {
    Optional<String> header = request.headers().first(HeaderNames.AUTHORIZATION);
    if (header.isEmpty() || !header.get().regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    try {
      String text =
          new String(
              Base64.getDecoder().decode(header.get().substring(BASIC.length()).strip()), UTF_8);
      int colon = text.indexOf(':');
      // RFC 6749, 2.3.1: both are written as in a form.
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new Credentials(
                  URLDecoder.decode(text.substring(0, colon), UTF_8),
                  URLDecoder.decode(text.substring(colon + 1), UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
