package io.watchword.client.mobile;

import java.util.Optional;

/** What accepting takes (contract mobile 3.8). */
public enum Confirmation {
  /** Saying so. */
  TAP("tap"),
  /** Choosing the number that the login page shows. */
  CHOOSE("choose"),
  /** Typing the number of two digits that the login page shows. */
  ENTER("enter");

  private final String wireName;

  Confirmation(String wireName) {
    this.wireName = wireName;
  }

  /** As requests and replies name it. */
  public String wireName() {
    return wireName;
  }

  static Optional<Confirmation> of(String wireName) {
    for (Confirmation each : values()) {
      if (each.wireName.equals(wireName)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
