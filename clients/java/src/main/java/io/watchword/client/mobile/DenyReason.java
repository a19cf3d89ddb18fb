package io.watchword.client.mobile;

/** Why the person said no. */
public enum DenyReason {
  /** The person did not start this: somebody else may be trying. */
  NOT_ME("not_me"),
  /** The person changed their mind. */
  CANCELLED("cancelled");

  private final String wireName;

  DenyReason(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
