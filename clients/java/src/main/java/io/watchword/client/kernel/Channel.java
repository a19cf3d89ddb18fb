package io.watchword.client.kernel;

/** Where a code is sent. */
public enum Channel {
  /** The user's mailbox. */
  EMAIL("email"),
  /** The user's phone. */
  PHONE("phone");

  private final String wireName;

  Channel(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
