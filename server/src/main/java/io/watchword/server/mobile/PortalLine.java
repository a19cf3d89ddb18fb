package io.watchword.server.mobile;

import io.watchword.core.mobile.PortalClient;
import io.watchword.core.mobile.PortalClient.Scope;
import io.watchword.server.people.LineRefused;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A portal as operators write it (contract mobile 1.1).
 *
 * @param id its {@code client_id}
 * @param name for people
 * @param scopes {@code mobile_authentication}, {@code devices}; absent: the first
 * @param allowedOrigins of its login pages
 * @param callbacks where it may be called back
 * @param callbackAllowListEnabled absent: yes
 * @param returnUri where a login on the phone itself goes on, with {@code code} in its query
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PortalLine(
    @Nullable String id,
    @Nullable String name,
    @Nullable List<String> scopes,
    @Nullable List<String> allowedOrigins,
    @Nullable List<CallbackLine> callbacks,
    @Nullable Boolean callbackAllowListEnabled,
    @Nullable String returnUri) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(:[0-9]{1,5})?");
  private static final int LONGEST_NAME = 100;

  /**
   * @param user for HTTP Basic
   * @param signingSecret of the header that proves who calls
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record CallbackLine(
      @Nullable String uri,
      @Nullable String user,
      @Nullable String password,
      @Nullable String signingSecret) {

    /** Without secrets. */
    @Override
    public String toString() {
      return "CallbackLine";
    }
  }

  /**
   * The portal.
   *
   * @param newSecret whether a known one gets another secret
   * @throws LineRefused if a member is missing or not as it must be
   */
  public MobileRegister.Portal portal(boolean newSecret) throws LineRefused {
    if (id == null || !ID.matcher(id).matches()) {
      throw new LineRefused("id must have 1 to 64 letters, digits, dots, hyphens or underscores");
    }
    if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
      throw new LineRefused("name must have 1 to 100 characters");
    }
    List<String> origins = allowedOrigins == null ? List.of() : allowedOrigins;
    for (String origin : origins) {
      if (origin == null || !ORIGIN.matcher(origin).matches()) {
        throw new LineRefused("allowed_origins: origins as browsers write them");
      }
    }
    if (returnUri != null && !isCallable(returnUri)) {
      throw new LineRefused("return_uri must be an https address without a fragment");
    }
    return new MobileRegister.Portal(
        id,
        name,
        allowed(),
        origins,
        callable(),
        callbackAllowListEnabled != null && !callbackAllowListEnabled,
        returnUri,
        newSecret);
  }

  private Set<Scope> allowed() throws LineRefused {
    Set<Scope> all = EnumSet.noneOf(Scope.class);
    for (String scope : scopes == null ? List.of("mobile_authentication") : scopes) {
      all.add(
          switch (Objects.requireNonNullElse(scope, "")) {
            case "mobile_authentication", "onegini_api_mobile_authentication" ->
                Scope.MOBILE_AUTHENTICATION;
            case "devices" -> Scope.DEVICES;
            default -> throw new LineRefused("scopes: mobile_authentication, devices");
          });
    }
    return all;
  }

  private List<PortalClient.Callback> callable() throws LineRefused {
    List<PortalClient.Callback> all = new ArrayList<>();
    for (CallbackLine each : callbacks == null ? List.<CallbackLine>of() : callbacks) {
      if (each == null || each.uri() == null || !isCallable(each.uri())) {
        throw new LineRefused("callbacks/uri must be an https address");
      }
      if ((each.user() == null) != (each.password() == null)) {
        throw new LineRefused("callbacks: user and password belong together");
      }
      all.add(
          new PortalClient.Callback(
              each.uri(), each.user(), each.password(), each.signingSecret()));
    }
    return all;
  }

  /** Whether the server may call back there. */
  static boolean isCallable(String uri) {
    try {
      URI parsed = URI.create(uri);
      return "https".equals(parsed.getScheme())
          && parsed.getHost() != null
          && parsed.getUserInfo() == null
          && parsed.getFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
