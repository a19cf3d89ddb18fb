package io.watchword.server.settings;

import io.watchword.server.kernel.Dialect;
import io.watchword.server.settings.values.ByteSize;
import io.watchword.server.settings.values.Form;
import io.watchword.server.settings.values.Range;
import io.watchword.server.settings.values.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings group {@code doors.kernel} (contract kernel, mostly F).
 *
 * @param authManager where the routes of Auth Manager begin
 * @param otpManager where those of OTP Manager begin
 * @param dialect of both
 * @param body largest body of a request
 * @param tokens what sessions look like outside
 * @param codes how these doors' one-time codes are frozen
 * @param sharedKeys whether a code for a key may be given back through another application than the
 *     one that asked for it
 * @param otpRoles of which a caller of OTP Manager needs one
 * @param individualRoles roles of people who log in by UIN
 * @param addressRoles roles of accounts that are opened by their first use
 * @param userRoles of which a caller needs one who asks who has an account
 * @param aliases other names of applications
 * @param passwords what a slow hash costs
 * @param captcha who says that somebody who asks for a code is no program
 */
public record KernelDoorSettings(
    @Form(value = IdaDoorSettings.PATH, says = IdaDoorSettings.NO_PATH) String authManager,
    @Form(value = IdaDoorSettings.PATH, says = IdaDoorSettings.NO_PATH) String otpManager,
    Dialect dialect,
    @Range(min = "1KiB", max = "1MiB") ByteSize body,
    Tokens tokens,
    DoorCodeSettings codes,
    boolean sharedKeys,
    Set<String> otpRoles,
    List<String> individualRoles,
    List<String> addressRoles,
    Set<String> userRoles,
    Map<String, String> aliases,
    Passwords passwords,
    Captcha captcha) {

  public KernelDoorSettings {
    if (authManager.equals(otpManager)) {
      throw new IllegalArgumentException("auth-manager and otp-manager have the same path");
    }
  }

  /**
   * @param realm name in the issuer's address and in the path of the published keys
   * @param life of a token
   * @param renewable how long after logging in a session may be renewed
   * @param prefix before each token; empty: none
   * @param secureCookie whether browsers may send it over TLS only
   */
  public record Tokens(
      @Form(value = "[A-Za-z0-9._-]{1,64}", says = "is no name of a realm") String realm,
      @Range(min = "1m", max = "1d") Duration life,
      @Range(min = "1m", max = "30d") Duration renewable,
      @Form(value = "[A-Za-z-]{0,32}", says = "is no prefix such as Mosip-Token") String prefix,
      boolean secureCookie) {

    public Tokens {
      if (renewable.compareTo(life) < 0) {
        throw new IllegalArgumentException("renewable is shorter than life");
      }
    }
  }

  /**
   * @param verifyUrl empty: there is no such service
   * @param secret that the service knows this deployment by
   * @param timeout for its answer
   */
  public record Captcha(
      @Form(
              value =
                  "(https://[^/?#\\s]+|http://(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]+)?)([/?]\\S*)?|",
              says = "is no https address")
          String verifyUrl,
      @Nullable Secret secret,
      @Range(min = "100ms", max = "30s") Duration timeout) {

    public Captcha {
      if (!verifyUrl.isEmpty() && secret == null) {
        throw new IllegalArgumentException("verify-url without secret");
      }
    }
  }

  /**
   * @param memory of one hash
   * @param passes over it
   */
  public record Passwords(
      @Range(min = "64KiB", max = "256MiB") ByteSize memory,
      @Range(min = "1", max = "16") int passes) {}
}
