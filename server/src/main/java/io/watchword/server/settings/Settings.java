package io.watchword.server.settings;

import io.watchword.core.code.CodePolicy;
import io.watchword.core.session.Sessions;
import io.watchword.server.couriers.CourierSettings;
import io.watchword.server.couriers.LetterSettings;
import io.watchword.server.http.ServerSettings;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * All settings, one record a group; every key is explained in {@code config/watchword.yaml}.
 *
 * @param server listening, limits of HTTP, logs
 * @param store where state lives
 * @param keys what protects it
 * @param languages in which people are on file and written to
 * @param attributes how stored attributes, wire names and comparison belong together
 * @param codes what all one-time codes have in common
 * @param budgets limits above single codes
 * @param couriers who carries messages to people
 * @param letters how they are written
 * @param biometrics how captures are compared
 * @param doors the wire formats
 */
public record Settings(
    ServerSettings server,
    StoreSettings store,
    KeySettings keys,
    LanguageSettings languages,
    AttributeSettings attributes,
    CodeSettings codes,
    BudgetSettings budgets,
    CourierSettings couriers,
    LetterSettings letters,
    BiometricSettings biometrics,
    DoorSettings doors) {

  public Settings {
    for (String language : letters.languages()) {
      if (!languages.all().contains(language)) {
        throw new IllegalArgumentException(
            "letters.languages: %s is not one of the languages".formatted(language));
      }
    }
  }

  /** How the codes of the door {@code ida} live. */
  public CodePolicy idaCodes() {
    DoorCodeSettings own = doors.ida().codes();
    return new CodePolicy(
        CodePolicy.IDA.purpose(),
        codes.digits(),
        codes.lifetime(),
        own.tries(),
        own.freeze(),
        own.floodWindow(),
        own.floodRequests(),
        CodePolicy.Manner.IDA);
  }

  /** How the codes live with which people log in at the kernel doors. */
  public CodePolicy kernelLoginCodes() {
    return kernelCodes(CodePolicy.KERNEL_LOGIN);
  }

  /** How the codes for keys live at the kernel doors. */
  public CodePolicy kernelKeyCodes() {
    return kernelCodes(CodePolicy.KERNEL_KEY);
  }

  /** How the codes of the door {@code identity-v1} live. */
  public CodePolicy identityV1Codes() {
    DoorCodeSettings own = doors.identityV1().codes();
    return new CodePolicy(
        CodePolicy.IDENTITY_V1.purpose(),
        codes.digits(),
        codes.lifetime(),
        own.tries(),
        own.freeze(),
        own.floodWindow(),
        own.floodRequests(),
        CodePolicy.IDENTITY_V1.manner());
  }

  /** How long people are logged in to the kernel services. */
  public Sessions.Terms kernelSessions() {
    KernelDoorSettings.Tokens tokens = doors.kernel().tokens();
    return new Sessions.Terms(tokens.life(), tokens.renewable(), longestSession());
  }

  /** How long people are logged in to apps. */
  public Sessions.Terms appSessions() {
    MobileDoorSettings.AppTokens tokens = doors.mobile().tokens();
    return new Sessions.Terms(tokens.life(), tokens.renewable(), longestSession());
  }

  private Duration longestSession() {
    KernelDoorSettings.Tokens kernel = doors.kernel().tokens();
    MobileDoorSettings.AppTokens apps = doors.mobile().tokens();
    return Stream.of(kernel.life(), kernel.renewable(), apps.life(), apps.renewable())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private CodePolicy kernelCodes(CodePolicy kind) {
    DoorCodeSettings own = doors.kernel().codes();
    return new CodePolicy(
        kind.purpose(),
        codes.digits(),
        codes.lifetime(),
        own.tries(),
        own.freeze(),
        own.floodWindow(),
        own.floodRequests(),
        kind.manner());
  }

  /** The settings group {@code doors}. */
  public record DoorSettings(
      IdaDoorSettings ida,
      KernelDoorSettings kernel,
      MobileDoorSettings mobile,
      IdentityV1DoorSettings identityV1) {}
}
