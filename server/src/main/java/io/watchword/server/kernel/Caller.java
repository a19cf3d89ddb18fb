package io.watchword.server.kernel;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.session.Session;
import io.watchword.core.session.Sessions;
import io.watchword.server.tokens.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the token of a request and says whose it is (contract kernel 1.4). */
public final class Caller {

  /** Name of the cookie that carries the token; also the header of replies. */
  public static final String COOKIE = "Authorization";

  private static final String BEARER = "Bearer ";

  private final Tokens tokens;
  private final Sessions sessions;

  public Caller(Tokens tokens, Sessions sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  /** What was found in a request. */
  public sealed interface Found {}

  /** There is no cookie and no bearer token. */
  public record Nothing() implements Found {}

  /** There are cookies, and none of them is the token. */
  public record OtherCookies() implements Found {}

  public record Token(Session session, String text) implements Found {}

  /** A token of ours whose time is over. */
  public record Expired() implements Found {}

  /** No token of ours, or one whose session has ended, or two different ones. */
  public record Invalid() implements Found {}

  /** Looks at cookie and header. */
  public Found find(ServerRequest request, Instant now) {
    return find(request, COOKIE, Tokens.Use.ACCESS, now);
  }

  /** Looks at the cookie of that name; only an access token may also stand in the header. */
  public Found find(ServerRequest request, String cookie, Tokens.Use use, Instant now) {
    List<String> cookies = request.headers().values(HeaderNames.COOKIE);
    Set<String> given = new LinkedHashSet<>(values(cookies, cookie));
    if (use == Tokens.Use.ACCESS) {
      given.addAll(bearer(request));
    }
    if (given.isEmpty()) {
      return cookies.isEmpty() ? new Nothing() : new OtherCookies();
    }
    if (given.size() > 1) {
      return new Invalid();
    }
    String text = given.iterator().next();
    return switch (tokens.read(text, use, now)) {
      case Tokens.Genuine(Session session) ->
          sessions.inForce(session) ? new Token(session, text) : new Invalid();
      case Tokens.Expired() -> new Expired();
      case Tokens.Forged _ -> new Invalid();
    };
  }

  /**
   * The session of a caller who has one of these roles.
   *
   * @throws Refused 401 or 403 (contract kernel 1.3)
   */
  public Session admit(ServerRequest request, Set<String> roles, Instant now) throws Refused {
    if (find(request, now) instanceof Token(Session session, String _)) {
      if (session.holder().roles().stream().noneMatch(roles::contains)) {
        throw new Refused(Status.FORBIDDEN_403, "KER-ATH-403", "Forbidden");
      }
      return session;
    }
    throw new Refused(Status.UNAUTHORIZED_401, "KER-ATH-401", "Authentication Failed");
  }

  /** Cookie pairs as RFC 6265, section 4.2.1; quotes around a value are not part of it. */
  private static List<String> values(List<String> cookies, String name) {
    var found = new ArrayList<String>();
    for (String header : cookies) {
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          String value = pair.substring(equals + 1).strip();
          boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
          found.add(quoted ? value.substring(1, value.length() - 1) : value);
        }
      }
    }
    return found;
  }

  private static List<String> bearer(ServerRequest request) {
    var found = new ArrayList<String>();
    for (String header : request.headers().values(HeaderNames.AUTHORIZATION)) {
      if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        found.add(header.substring(BEARER.length()).strip());
      }
    }
    return found;
  }
}
