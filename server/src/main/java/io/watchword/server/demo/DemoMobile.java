package io.watchword.server.demo;

import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient.Scope;
import io.watchword.server.mobile.MobileRegister;
import io.watchword.server.mobile.MobileTypeLine;
import io.watchword.server.people.LineRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The demo's types of logins by phone, and its portal. */
public final class DemoMobile {

  /** The demo's usual type. */
  public static final String TYPE = "qr-code";

  private static final String OPERATOR = "demo";
  private static final String PORTAL = "demo-portal";
  private static final Map<String, String> MESSAGES =
      Map.of(
          "en", "Log in to the demo shop?",
          "fr", "Se connecter à la boutique de démonstration ?",
          "ar", "تسجيل الدخول إلى متجر العرض؟");

  private final MobileRegister register;
  private final DemoCredentials credentials;

  public DemoMobile(MobileRegister register, DemoCredentials credentials) {
    this.register = register;
    this.credentials = credentials;
  }

  /**
   * The portal as it calls.
   *
   * @param origin of its login page
   */
  public record Portal(String clientId, String clientSecret, String type, String origin) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Portal[" + clientId + "]";
    }
  }

  /**
   * Takes both types and the portal on file and writes its credentials down.
   *
   * @param own this server's base address, where the portal's login page is, too
   */
  public Portal prepare(String own) {
    register.put(OPERATOR, type(TYPE, null));
    register.put(OPERATOR, type("qr-high", "high"));
    Optional<String> kept = credentials.portalSecret(PORTAL);
    Optional<String> made = put(own, false);
    // A secret that was made before is only known if it stands in the file.
    String secret =
        made.or(() -> kept).or(() -> put(own, true)).orElseThrow(IllegalStateException::new);
    var portal = new Portal(PORTAL, secret, TYPE, own);
    credentials.writePortal(portal);
    return portal;
  }

  private Optional<String> put(String own, boolean newSecret) {
    return register.put(
        OPERATOR,
        new MobileRegister.Portal(
            PORTAL,
            "Demo Shop",
            Set.of(Scope.MOBILE_AUTHENTICATION, Scope.DEVICES),
            List.of(own),
            List.of(),
            false,
            null,
            newSecret));
  }

  /** Portals of the demo poll, so none needs a callback. */
  private static MobileType type(String name, @Nullable String profile) {
    try {
      return new MobileTypeLine(
              name, null, profile, null, MESSAGES, null, null, null, null, null, null, null, false,
              null, null, null, null)
          .type();
    } catch (LineRefused e) {
      throw new IllegalStateException(e);
    }
  }
}
