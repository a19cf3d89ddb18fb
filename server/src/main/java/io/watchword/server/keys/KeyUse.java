package io.watchword.server.keys;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key pair of the server is for. All are RSA, but where it is said. */
public enum KeyUse {
  /** The deployment's root, self-signed; signs the other certificates of the server. */
  ROOT_CA("ROOT", "", "Root CA", Duration.ofDays(20 * 365)),
  /** Signs the certificates of partners. */
  PARTNER_CA("PARTNER", "", "Partner CA", Duration.ofDays(10 * 365)),
  /** Relying parties encrypt their session keys to it. */
  IDA_PARTNER("IDA", "PARTNER", "IDA Partner", Duration.ofDays(5 * 365)),
  /** Signs responses. */
  IDA_SIGN("IDA", "SIGN", "IDA Sign", Duration.ofDays(5 * 365)),
  /** Biometric devices encrypt their session keys to it. */
  IDA_FIR("IDA", "IDA-FIR", "IDA FIR", Duration.ofDays(5 * 365)),
  /** Signs the tokens of sessions. */
  TOKEN("TOKEN", "", "Token", Duration.ofDays(5 * 365)),
  /** Signs printed cards (contract identity-v1 9.6). */
  CARD("CARD", "", "Card", Duration.ofDays(5 * 365)),
  /** Signs what phones are asked; P-256 (contract mobile 3.1). */
  MOBILE("MOBILE", "", "Mobile", Duration.ofDays(5 * 365));

  private final String applicationId;
  private final String referenceId;
  private final String commonName;
  private final Duration validity;

  KeyUse(String applicationId, String referenceId, String commonName, Duration validity) {
    this.applicationId = applicationId;
    this.referenceId = referenceId;
    this.commonName = commonName;
    this.validity = validity;
  }

  /** The use that {@code getCertificate} names so (contract ida 1.2). */
  public static Optional<KeyUse> named(String applicationId, String referenceId) {
    return Arrays.stream(values())
        .filter(use -> use.applicationId.equals(applicationId))
        .filter(use -> use.referenceId.equals(referenceId))
        .findFirst();
  }

  /** The spelling in row ids, listings and commands. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String commonName() {
    return commonName;
  }

  Duration validity() {
    return validity;
  }

  /** Whether the pair is one of the curve P-256. */
  boolean elliptic() {
    return this == MOBILE;
  }

  boolean authority() {
    return this == ROOT_CA || this == PARTNER_CA;
  }
}
