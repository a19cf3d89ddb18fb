package io.watchword.server.keys;

import java.util.Locale;

/** What a symmetric key is for. */
public enum SecretUse {
  /** HMAC of one-time codes. */
  CODE(true),
  /** HMAC of the audit chains. */
  AUDIT(true),
  /** HMAC of partner-specific tokens; another key would give every person another token. */
  PSEUDONYM(false),
  /** HMAC that turns identifiers into row ids; another key would lose every row. */
  LOOKUP(false),
  /** AES of rows at rest. */
  DATA(true);

  private final boolean rotating;

  SecretUse(boolean rotating) {
    this.rotating = rotating;
  }

  /** Whether new versions may be made. */
  public boolean rotates() {
    return rotating;
  }

  /** The spelling in row ids and listings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
