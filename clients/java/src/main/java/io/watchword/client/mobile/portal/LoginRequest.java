package io.watchword.client.mobile.portal;

import io.watchword.client.mobile.Confirmation;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a login is started with. Immutable; {@code toString} shows the type only. */
public final class LoginRequest {

  private final Map<String, String> parameters;

  private LoginRequest(Map<String, String> parameters) {
    this.parameters = Map.copyOf(parameters);
  }

  /**
   * Starts with a type.
   *
   * @param type name of a type of the server
   */
  public static Builder builder(String type) {
    return new Builder(type);
  }

  Map<String, String> parameters() {
    return parameters;
  }

  @Override
  public String toString() {
    return "LoginRequest[" + parameters.get("type") + "]";
  }

  /** Collects values; the server checks them. */
  public static final class Builder {

    private final Map<String, String> parameters = new LinkedHashMap<>();

    private Builder(String type) {
      parameters.put("type", type);
    }

    private Builder with(String name, String value) {
      parameters.put(name, value);
      return this;
    }

    /** Shown in the app; the type's default unless set. */
    public Builder message(String message) {
      return with("message", message);
    }

    /** Shown in the app instead of the message, and kept nowhere else. */
    public Builder secureMessage(String message) {
      return with("secure_message", message);
    }

    /** Of default messages, for example {@code en}. */
    public Builder language(String code) {
      return with("language_code", code);
    }

    /** Where the browser is, and which it is; the app shows it. */
    public Builder browser(String ipAddress, String userAgent) {
      return with("ip_address", ipAddress).with("user_agent", userAgent);
    }

    /** Origin of the login page; the app shows it. */
    public Builder origin(String origin) {
      return with("origin", origin);
    }

    /** Only the browser with this secret can finish the login. */
    public Builder bindTo(BrowserSecret secret) {
      return with("session_binding", secret.binding());
    }

    /** Only a device of this user can answer. */
    public Builder expectedUser(String userId) {
      return with("expected_user_id", userId);
    }

    /** The code changes while it is shown, so that no copy of it is worth anything. */
    public Builder rotating() {
      return with("qr_mode", "rotating");
    }

    /** The page is on the phone itself: a link instead of a code. Needs {@link #bindTo}. */
    public Builder sameDevice() {
      return with("channel", "link");
    }

    /** What accepting takes, if the type asks for less. */
    public Builder confirmation(Confirmation confirmation) {
      return with("confirm", confirmation.wireName());
    }

    /** Shorter than the type allows. */
    public Builder expiry(Duration life) {
      return with("requested_expiry", Long.toString(life.toSeconds()));
    }

    /** Where the server tells that the login has ended. */
    public Builder callback(URI uri) {
      return with("callback_uri", uri.toString());
    }

    /** Has the server tell of the scan, too; only with {@link #callback}. */
    public Builder notifyScanned() {
      return with("notify", "scanned");
    }

    /**
     * The finished request.
     *
     * @throws IllegalStateException if a login on the same device is bound to no browser: whoever
     *     sends the link on would log somebody else in
     */
    public LoginRequest build() {
      if (parameters.containsKey("channel") && !parameters.containsKey("session_binding")) {
        throw new IllegalStateException("a login on the same device needs bindTo");
      }
      return new LoginRequest(parameters);
    }
  }
}
