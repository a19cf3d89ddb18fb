package io.watchword.server.settings;

import io.watchword.core.mobile.EnrolDevice;
import io.watchword.server.settings.values.Default;
import io.watchword.server.settings.values.Form;
import io.watchword.server.settings.values.Range;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The settings group {@code doors.mobile} (contract mobile, mostly 1.1 and 2.2).
 *
 * @param enabled whether there is such a door at all
 * @param apps ids of the apps that may log people in
 * @param appOrigins from which apps in browsers and web views call
 * @param appLink what links into the app begin with; empty: there are none
 * @param minAppVersion the oldest app that may enroll a device; empty: any
 * @param passwords whether apps may log people in by password
 * @param exchangeApplications applications of the kernel services whose users' tokens apps may
 *     exchange for their own; empty: none
 * @param startsPerHour logins that one portal may start
 * @param waitingRequests requests of one portal that may wait for results at the same time
 * @param callbacksInside whether portals may be called back in private networks and without TLS
 * @param enrollment of devices
 * @param tokens of people who are logged in to an app
 * @param identityProviders whose access tokens are taken, too
 */
public record MobileDoorSettings(
    boolean enabled,
    Set<String> apps,
    Set<String> appOrigins,
    @Form(value = "(https://[^#\\s]+)?", says = "is no https address without #") String appLink,
    @Form(value = "([0-9]{1,9}([.][0-9]{1,9}){0,3})?", says = "is no version such as 3.1")
        String minAppVersion,
    boolean passwords,
    Set<String> exchangeApplications,
    @Range(min = "1", max = "100000000") int startsPerHour,
    @Range(min = "1", max = "100000") int waitingRequests,
    boolean callbacksInside,
    EnrollmentSettings enrollment,
    AppTokens tokens,
    List<IdentityProvider> identityProviders) {

  public MobileDoorSettings {
    apps = Set.copyOf(apps);
    appOrigins = Set.copyOf(appOrigins);
    exchangeApplications = Set.copyOf(exchangeApplications);
    identityProviders = List.copyOf(identityProviders);
    if (identityProviders.stream().map(IdentityProvider::issuer).distinct().count()
        < identityProviders.size()) {
      throw new IllegalArgumentException("identity-providers has an issuer twice");
    }
  }

  /**
   * @param enabled whether devices may be enrolled
   * @param mode what a second device means
   * @param mostDevices of one account; 0: no limit
   * @param freshLogin how old a login may be with which a device is enrolled
   * @param notices whether the holder of an account is told of each device that gets a key, on the
   *     channels of {@code letters.notices}
   */
  public record EnrollmentSettings(
      boolean enabled,
      EnrolDevice.Mode mode,
      @Range(min = "0", max = "1000") int mostDevices,
      @Range(min = "10s", max = "1d") Duration freshLogin,
      boolean notices) {}

  /**
   * @param life of an access token
   * @param renewable how long after logging in it may be renewed
   */
  public record AppTokens(
      @Range(min = "1m", max = "1d") Duration life,
      @Range(min = "1m", max = "400d") Duration renewable) {}

  /** Signatures of tokens (RFC 7518, 3.1) that may be allowed; with shared keys there is none. */
  public enum TokenAlgorithm {
    RS256,
    PS256,
    ES256
  }

  /**
   * An identity provider whose JWT access tokens (RFC 9068) apps may show (contract mobile,
   * amendment 1).
   *
   * @param issuer as it stands in {@code iss}, to the byte
   * @param keys its key set (RFC 7517): an https address, or an absolute path of a file
   * @param audiences of which a token needs one in {@code aud}
   * @param clients of which a token needs one, in {@code client_id} or {@code azp}; empty: anyone's
   * @param algorithms that a token may be signed with
   * @param types that a token may have in {@code typ}
   * @param userClaim names the claim with the login name of the account here
   * @param profileClaim names the claim with the person's {@code profile_id}
   */
  public record IdentityProvider(
      @Form(value = ADDRESS, says = "is no https address") String issuer,
      @Form(value = ADDRESS + "|/\\S+", says = "is no https address and no absolute path")
          String keys,
      Set<String> audiences,
      @Default("") Set<String> clients,
      @Default("RS256,PS256,ES256") Set<TokenAlgorithm> algorithms,
      @Default("at+jwt") Set<String> types,
      @Default("sub") @Form(value = CLAIM, says = CLAIM_SAYS) String userClaim,
      @Default("sub") @Form(value = CLAIM, says = CLAIM_SAYS) String profileClaim) {

    static final String ADDRESS =
        "(https://[^/?#\\s]+|http://(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]+)?)([/?][^#\\s]*)?";
    static final String CLAIM = "[!-~]{1,100}";
    static final String CLAIM_SAYS = "is no name of a claim";

    public IdentityProvider {
      audiences = Set.copyOf(audiences);
      clients = Set.copyOf(clients);
      algorithms = Set.copyOf(algorithms);
      types = Set.copyOf(types);
      if (audiences.isEmpty() || algorithms.isEmpty() || types.isEmpty()) {
        throw new IllegalArgumentException("audiences, algorithms and types may not be empty");
      }
    }
  }
}
