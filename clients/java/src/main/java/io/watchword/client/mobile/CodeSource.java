package io.watchword.client.mobile;

/** Where the app has a code from (contract mobile 3.9); the server tells the two apart. */
public enum CodeSource {
  /** Scanned by the app's own camera. */
  CAMERA("camera"),
  /** A link on this device opened the app. */
  LINK("link");

  private final String wireName;

  CodeSource(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
