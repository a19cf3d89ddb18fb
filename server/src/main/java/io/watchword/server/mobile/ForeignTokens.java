package io.watchword.server.mobile;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.watchword.server.settings.MobileDoorSettings.IdentityProvider;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of other identity providers (contract mobile, amendment 1): JWTs by RFC 9068, from
 * a known issuer, for a known audience, in time, under a key of its key set. What cannot be judged
 * is not believed. Thread-safe.
 */
final class ForeignTokens {

  private static final int LONGEST = 16 * 1024;
  private static final int SMALLEST_RSA_BITS = 2048;
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Duration KEYS_KEPT = Duration.ofMinutes(5);

  /** Between fetches that unknown keys cause, so that made-up ones do not load the provider. */
  private static final Duration REFETCH = Duration.ofSeconds(30);

  private static final Duration FETCH = Duration.ofSeconds(5);
  private static final Duration WAIT = Duration.ofSeconds(6);

  /** What can stand in a text that is signed. */
  private static final Pattern PROFILE = Pattern.compile("[!-~]{1,128}");

  private static final int LONGEST_NAME = 256;

  private final InstantSource clock;
  private final Map<String, Trusted> byIssuer = new HashMap<>();

  private record Trusted(IdentityProvider provider, Processor processor) {}

  /** Judges tokens of one provider. */
  private static final class Processor extends DefaultJWTProcessor<SecurityContext> {}

  /**
   * A token that is believed.
   *
   * @param user login name of an account here, which there may not be
   * @param profile id of the person, as the app knows it
   * @param client that got the token; empty: not told
   * @param loggedInAt when the person logged in; {@code null}: not told
   * @param issuedAt when the token was made
   * @param expiresAt when its time is over
   */
  record Shown(
      String user,
      String profile,
      String client,
      @Nullable Instant loggedInAt,
      Instant issuedAt,
      Instant expiresAt) {

    /** Without the name. */
    @Override
    public String toString() {
      return "Shown[" + client + "]";
    }
  }

  /** A key set cannot be had, so nobody knows whether a token is good. */
  static final class KeysAway extends Exception {

    private static final long serialVersionUID = 1L;

    KeysAway() {
      super("a key set cannot be had", null, false, false);
    }
  }

  /**
   * @param own base address of this server, whose tokens are never foreign
   * @throws IllegalArgumentException if a provider is this server itself
   */
  ForeignTokens(List<IdentityProvider> providers, String own, InstantSource clock) {
    this.clock = clock;
    for (IdentityProvider provider : providers) {
      if (provider.issuer().equals(own) || provider.issuer().startsWith(own + "/")) {
        throw new IllegalArgumentException(
            "doors.mobile.identity-providers names this server itself: " + provider.issuer());
      }
      byIssuer.put(provider.issuer(), new Trusted(provider, processor(provider)));
    }
  }

  private Processor processor(IdentityProvider provider) {
    var processor = new Processor();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            provider.types().stream().map(JOSEObjectType::new).collect(Collectors.toSet())));
    processor.setJWSKeySelector(keys(provider));
    processor.setJWTClaimsSetVerifier(
        new InTime(
            provider.audiences(),
            new JWTClaimsSet.Builder().issuer(provider.issuer()).build(),
            Set.of("exp", "iat", provider.userClaim(), provider.profileClaim()),
            clock));
    return processor;
  }

  private static JWSKeySelector<SecurityContext> keys(IdentityProvider provider) {
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.<SecurityContext>create(address(provider.keys()), new KeySets(FETCH))
            .cache(KEYS_KEPT.toMillis(), WAIT.toMillis())
            .refreshAheadCache(false)
            .rateLimited(REFETCH.toMillis())
            .build();
    var selector =
        new JWSVerificationKeySelector<>(
            provider.algorithms().stream()
                .map(each -> JWSAlgorithm.parse(each.name()))
                .collect(Collectors.toSet()),
            source);
    return (JWSHeader header, SecurityContext context) ->
        selector.selectJWSKeys(header, context).stream().filter(ForeignTokens::isStrong).toList();
  }

  private static boolean isStrong(Key key) {
    return !(key instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() >= SMALLEST_RSA_BITS;
  }

  private static URL address(String keys) {
    try {
      return keys.startsWith("/")
          ? Path.of(keys).toUri().toURL()
          : java.net.URI.create(keys).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("keys of an identity provider are nowhere: " + keys, e);
    }
  }

  /** The usual checks, by the clock of this server. */
  private static final class InTime extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final InstantSource clock;

    InTime(Set<String> audiences, JWTClaimsSet exact, Set<String> required, InstantSource clock) {
      super(audiences, exact, required, Set.of());
      this.clock = clock;
      setMaxClockSkew((int) SKEW.toSeconds());
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }

  /**
   * Reads what an app shows.
   *
   * @return empty: it is not believed
   * @throws KeysAway if that cannot be judged now
   */
  Optional<Shown> read(String token) throws KeysAway {
    if (byIssuer.isEmpty() || token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      // Only says whose keys to take; whether it is true comes out with the signature.
      String issuer = jwt.getJWTClaimsSet().getIssuer();
      Trusted trusted = issuer == null ? null : byIssuer.get(issuer);
      return trusted == null
          ? Optional.empty()
          : shown(trusted.provider(), trusted.processor().process(jwt, null));
    } catch (KeySourceException e) {
      throw new KeysAway();
    } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Shown> shown(IdentityProvider provider, JWTClaimsSet claims)
      throws ParseException {
    String user = claims.getStringClaim(provider.userClaim());
    String profile = claims.getStringClaim(provider.profileClaim());
    String client = client(claims);
    Instant issuedAt = claims.getIssueTime().toInstant();
    Date loggedIn = claims.getDateClaim("auth_time");
    Instant latest = clock.instant().plus(SKEW);
    boolean fits =
        user != null
            && !user.isEmpty()
            && user.length() <= LONGEST_NAME
            && profile != null
            && PROFILE.matcher(profile).matches()
            && (provider.clients().isEmpty() || provider.clients().contains(client))
            // Bound to a key (RFC 7800) that nobody here asks for: worth nothing as a bearer token.
            && claims.getClaim("cnf") == null
            && !issuedAt.isAfter(latest)
            && (loggedIn == null || !loggedIn.toInstant().isAfter(latest));
    return fits
        ? Optional.of(
            new Shown(
                user,
                profile,
                client,
                loggedIn == null ? null : loggedIn.toInstant(),
                issuedAt,
                claims.getExpirationTime().toInstant()))
        : Optional.empty();
  }

  private static String client(JWTClaimsSet claims) throws ParseException {
    String client = claims.getStringClaim("client_id");
    String party = client == null ? claims.getStringClaim("azp") : client;
    return party == null ? "" : party;
  }
}
