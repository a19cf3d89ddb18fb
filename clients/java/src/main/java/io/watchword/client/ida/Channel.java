package io.watchword.client.ida;

/** Where a code is sent. */
public enum Channel {
  /** The individual's mailbox on file. */
  EMAIL("email"),
  /** The individual's phone on file. */
  PHONE("phone");

  private final String wireName;

  Channel(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
