package io.watchword.server.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.watchword.core.session.Session;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.SigningKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as signed JSON Web Tokens with the claims of both generations of resource servers
 * (contract kernel 1.5). Only RS256 under a key of ours is ever believed. Thread-safe.
 */
public final class Tokens {

  private static final int LONGEST = 16 * 1024;
  private static final int MOST_VERIFIED = 10_000;
  private static final String USE = "token_use";
  private static final String KIND = "holder";
  private static final String MEANS = "means";
  private static final String SINCE = "since";
  private static final String SESSION = "sid";
  private static final String APPLICATION = "azp";

  private final ServerKeys keys;
  private final TokenKeys published;
  private final TokenTerms terms;

  /** A client shows the same token again and again, and RSA costs more than all the rest. */
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(MOST_VERIFIED).build();

  /**
   * A token whose signature was verified.
   *
   * @param key that it was verified with, which may be destroyed later
   */
  private record Verified(String key, Use use, Session session) {}

  public Tokens(ServerKeys keys, TokenTerms terms) {
    this.keys = keys;
    this.published = new TokenKeys(keys);
    this.terms = terms;
  }

  /** What a token is good for. */
  public enum Use {
    /** To be let in. */
    ACCESS,
    /** To get another token, and nothing else. */
    REFRESH
  }

  /** The text of a token. */
  public String of(Session session, Use use) {
    return of(session, use, Map.of());
  }

  /**
   * The text of a token.
   *
   * @param more claims of the door's own
   */
  public String of(Session session, Use use, Map<String, Object> more) {
    SigningKey key = keys.signingKey(KeyUse.TOKEN);
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(TokenKeys.id(key.certificate()))
                .build(),
            claims(session, use, more));
    try {
      jwt.sign(new RSASSASigner(key.privateKey()));
    } catch (JOSEException e) {
      throw new IllegalStateException("the token key does not sign", e);
    }
    return terms.prefix() + jwt.serialize();
  }

  private JWTClaimsSet claims(Session session, Use use, Map<String, Object> more) {
    Session.Holder holder = session.holder();
    List<String> audience = new ArrayList<>(List.of(terms.audience()));
    if (!session.application().isEmpty()) {
      audience.add(session.application());
    }
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(terms.issuer())
            .audience(audience)
            .subject(holder.name())
            .issueTime(Date.from(session.issuedAt()))
            .expirationTime(Date.from(session.expiresAt()))
            .jwtID(session.id() + "-" + Long.toString(session.issuedAt().toEpochMilli(), 36))
            .claim(SESSION, session.id())
            .claim(SINCE, session.since().toEpochMilli())
            .claim(USE, use.name())
            .claim(KIND, holder.kind().name())
            .claim(MEANS, session.means().name())
            .claim(APPLICATION, session.application())
            .claim("preferred_username", holder.name())
            .claim("role", String.join(",", holder.roles()))
            .claim("realm_access", Map.of("roles", holder.roles()))
            .claim("scope", "");
    told(claims, "name", holder.displayName());
    told(claims, "mail", holder.email());
    told(claims, "email", holder.email());
    told(claims, "mobile", holder.phone());
    told(claims, "lang", holder.language());
    if (session.means() == Session.Means.CODE) {
      claims.claim("isOtpRequired", true).claim("isOtpVerified", true);
    }
    more.forEach(claims::claim);
    return claims.build();
  }

  private static void told(JWTClaimsSet.Builder claims, String name, @Nullable String value) {
    if (value != null) {
      claims.claim(name, value);
    }
  }

  /** What a text is. */
  public sealed interface Reading {}

  /**
   * A token of ours, for this door. Whether its session is in force is another question, but for
   * the time that stands in it.
   */
  public record Genuine(Session session) implements Reading {}

  /** A token of ours whose time is over. */
  public record Expired() implements Reading {}

  /**
   * @param why for the operator; nothing of the token
   */
  public record Forged(String why) implements Reading {}

  /** Reads a token. */
  public Reading read(String text, Use use, Instant now) {
    if (text.length() > LONGEST) {
      return new Forged("too long");
    }
    if (!text.startsWith(terms.prefix())) {
      return new Forged("without the prefix");
    }
    Verified before = verified.getIfPresent(text);
    if (before != null && before.use() == use && published.byId(before.key()) != null) {
      return timely(before.session(), now);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(text.substring(terms.prefix().length()));
      Optional<String> fault = unsigned(jwt);
      if (fault.isPresent()) {
        return new Forged(fault.get());
      }
      Reading reading = judged(jwt.getJWTClaimsSet(), use, now);
      if (reading instanceof Genuine(Session session)) {
        verified.put(text, new Verified(jwt.getHeader().getKeyID(), use, session));
      }
      return reading;
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return new Forged("unreadable");
    }
  }

  private Optional<String> unsigned(SignedJWT jwt) throws JOSEException {
    if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
      return Optional.of("another algorithm");
    }
    String id = jwt.getHeader().getKeyID();
    RSAKey key = id == null ? null : published.byId(id);
    if (key == null) {
      return Optional.of("an unknown key");
    }
    return jwt.verify(new RSASSAVerifier(key)) ? Optional.empty() : Optional.of("altered");
  }

  private Reading judged(JWTClaimsSet claims, Use use, Instant now) throws ParseException {
    if (!terms.issuer().equals(claims.getIssuer())
        || !claims.getAudience().contains(terms.audience())) {
      return new Forged("for another door");
    }
    if (!use.name().equals(claims.getStringClaim(USE))) {
      return new Forged("for another use");
    }
    Date end = claims.getExpirationTime();
    return end == null ? new Expired() : timely(session(claims, end.toInstant()), now);
  }

  private static Reading timely(Session session, Instant now) {
    return now.isBefore(session.expiresAt()) ? new Genuine(session) : new Expired();
  }

  private static Session session(JWTClaimsSet claims, Instant end) throws ParseException {
    Map<String, Object> realm = claims.getJSONObjectClaim("realm_access");
    List<String> roles = new ArrayList<>();
    if (realm != null && realm.get("roles") instanceof List<?> listed) {
      listed.forEach(role -> roles.add(String.valueOf(role)));
    }
    Long since = claims.getLongClaim(SINCE);
    Date issued = claims.getIssueTime();
    if (since == null || issued == null) {
      throw new ParseException("not a session", 0);
    }
    return new Session(
        text(claims, SESSION),
        new Session.Holder(
            Session.Kind.valueOf(text(claims, KIND)),
            text(claims, "sub"),
            roles,
            claims.getStringClaim("name"),
            claims.getStringClaim("email"),
            claims.getStringClaim("mobile"),
            claims.getStringClaim("lang")),
        text(claims, APPLICATION),
        Session.Means.valueOf(text(claims, MEANS)),
        Instant.ofEpochMilli(since),
        issued.toInstant(),
        end);
  }

  private static String text(JWTClaimsSet claims, String name) throws ParseException {
    String value = claims.getStringClaim(name);
    if (value == null) {
      throw new ParseException("not a session", 0);
    }
    return value;
  }
}
