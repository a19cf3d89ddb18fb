package io.watchword.client.kernel;

import io.watchword.client.kernel.KernelException.TransportFailure;
import io.watchword.wire.ida.Json;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes tokens out of a reply: header and cookies (contract kernel 1.5, A.7) or body (A.10). */
final class GivenToken {

  static final String NAME = "Authorization";
  static final String REFRESH_NAME = "refresh_token";

  private static final String PREFIX = "Mosip-Token";
  // A life beyond this is a mistake of units; such a token is used until it is refused.
  private static final Duration LONGEST_LIFE = Duration.ofDays(366);

  private GivenToken() {}

  /**
   * The one access token of a reply's header and cookies.
   *
   * @param now when the reply came
   */
  static AccessToken of(HttpHeaders headers, Instant now) throws TransportFailure {
    Set<String> values = new LinkedHashSet<>();
    headers.allValues(NAME).stream().map(String::strip).forEach(values::add);
    values.addAll(cookies(headers, NAME));
    return access(only(values), now);
  }

  /**
   * The pair in a reply's header and cookies.
   *
   * @param appId application that the session is of
   * @param now when the reply came
   */
  static TokenPair pair(HttpHeaders headers, String appId, Instant now) throws TransportFailure {
    String refresh = only(new LinkedHashSet<>(cookies(headers, REFRESH_NAME)));
    return new TokenPair(of(headers, now), refresh(refresh, appId, now));
  }

  /**
   * The pair in a reply's body.
   *
   * @param appId application that the session is of
   * @param now when the reply came
   */
  static TokenPair pair(Reply reply, String appId, Instant now) throws TransportFailure {
    return new TokenPair(
        access(only(Set.of(reply.text("token"))), now),
        refresh(only(Set.of(reply.text("refreshToken"))), appId, now));
  }

  private static AccessToken access(String value, Instant now) {
    return new AccessToken(value, life(value).map(now::plus));
  }

  private static RefreshToken refresh(String value, String appId, Instant now) {
    return new RefreshToken(value, appId, life(value).map(now::plus));
  }

  private static String only(Set<String> found) throws TransportFailure {
    List<String> values = found.stream().filter(value -> !value.isEmpty()).toList();
    if (values.isEmpty()) {
      throw new TransportFailure("the reply says success and has no token");
    }
    if (values.size() > 1) {
      throw new TransportFailure("the reply has two different tokens");
    }
    String value = values.get(0);
    if (!AccessToken.isForm(value)) {
      throw new TransportFailure("the reply's token does not have the form of one");
    }
    return value;
  }

  private static List<String> cookies(HttpHeaders headers, String name) {
    List<String> found = new ArrayList<>();
    for (String header : headers.allValues("Set-Cookie")) {
      String pair = header.split(";", 2)[0];
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        found.add(pair.substring(equals + 1).strip());
      }
    }
    return found;
  }

  /**
   * How long a new token is good, by its own claims. The cookie's {@code Max-Age} is not asked: the
   * deployed services put milliseconds there. Measured from {@code iat} to {@code exp}, so that a
   * clock that differs from the server's does not matter.
   */
  private static Optional<Duration> life(String value) {
    String compact = value.startsWith(PREFIX) ? value.substring(PREFIX.length()) : value;
    String[] parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    Optional<ObjectNode> claims;
    try {
      claims = Json.readObject(Base64.getUrlDecoder().decode(parts[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (claims.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong issued = seconds(claims.get(), "iat");
    OptionalLong expires = seconds(claims.get(), "exp");
    if (issued.isEmpty() || expires.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration life =
          Duration.between(
              Instant.ofEpochSecond(issued.getAsLong()),
              Instant.ofEpochSecond(expires.getAsLong()));
      return Optional.of(life)
          .filter(d -> !d.isNegative() && !d.isZero() && d.compareTo(LONGEST_LIFE) <= 0);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong seconds(ObjectNode claims, String name) {
    JsonNode value = claims.get(name);
    return value != null && value.isIntegralNumber() && value.canConvertToLong()
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }
}
