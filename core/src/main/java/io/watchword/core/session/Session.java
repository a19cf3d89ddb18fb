package io.watchword.core.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is logged in. A session is not stored: it travels as a token that says what is in
 * here, and what is stored is that it ended before its time ({@link Revocation}).
 *
 * @param id the same through all renewals
 * @param application for which somebody logged in; empty: none was named
 * @param since when they logged in, to the millisecond
 * @param issuedAt when this token was made
 * @param expiresAt when this token is worth nothing any more
 */
public record Session(
    String id,
    Holder holder,
    String application,
    Means means,
    Instant since,
    Instant issuedAt,
    Instant expiresAt) {

  /** How somebody got in. */
  public enum Means {
    CODE,
    PASSWORD,
    SECRET
  }

  /** Whose session it is. */
  public enum Kind {
    INDIVIDUAL,
    ACCOUNT,
    CLIENT
  }

  /**
   * Who is logged in.
   *
   * @param name by which they logged in
   * @param displayName for people
   * @param language ISO 639-3
   */
  public record Holder(
      Kind kind,
      String name,
      List<String> roles,
      @Nullable String displayName,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String language) {

    public Holder {
      roles = List.copyOf(roles);
    }

    /** A program. */
    public static Holder client(String id, List<String> roles) {
      return new Holder(Kind.CLIENT, id, roles, null, null, null, null);
    }

    /** Without the name, which may be a person's identifier. */
    @Override
    public String toString() {
      return "Holder[" + kind + ", " + roles + "]";
    }
  }

  /** The same session, for another while. */
  Session renewed(Instant now, Instant until) {
    return new Session(id, holder, application, means, since, now, until);
  }
}
