package io.watchword.core.delivery;

import java.util.Set;

/** What a letter is about, and therefore which variables its templates may use. */
public enum LetterKind {
  /**
   * Brings a one-time code (contract ida 6.6). {@code idvid} is the id with its first eight
   * characters as {@code X}, {@code validTime} whole minutes, {@code date} {@code dd-MM-yyyy},
   * {@code time} {@code HH:mm:ss}.
   */
  OTP,

  /**
   * Tells a person that somebody authenticated as them, or tried to (contract ida 6.3). {@code
   * outcome} is {@code passed} or {@code failed}; {@code authType} lists the factors, separated by
   * commas: {@code otp}, {@code demo}, {@code bio}, {@code pin}; both are put into words of the
   * letter's language ({@link LetterWords}). {@code partner} is the name of who asked. The others
   * are as in {@link #OTP}.
   */
  NOTICE,

  /**
   * Tells the holder of an account that a device got a key and can now answer logins for them
   * (contract mobile 2.2). {@code device} is the name that the app gave the device, so it comes
   * from whoever enrolled it; {@code app} is the id of the app. The others are as in {@link #OTP}.
   */
  DEVICE;

  private static final String NAME_PREFIX = "name_";

  /** The variables of this kind, without the {@code name_<language>} that every kind has. */
  public Set<String> variables() {
    return switch (this) {
      case OTP -> Set.of("otp", "idvid", "idvidType", "validTime", "date", "time");
      case NOTICE -> Set.of("outcome", "authType", "partner", "idvid", "idvidType", "date", "time");
      case DEVICE -> Set.of("device", "app", "date", "time");
    };
  }

  /** Whether templates of this kind may use a variable. */
  public boolean knows(String variable) {
    return variables().contains(variable)
        || (variable.startsWith(NAME_PREFIX)
            && LetterTemplate.isLanguage(variable.substring(NAME_PREFIX.length())));
  }
}
