package io.watchword.client.mobile;

/** What the app's developers should see; no value of a request is in it. */
final class Warnings {

  private static final System.Logger LOG = System.getLogger("io.watchword.client.mobile");

  private Warnings() {}

  static void give(String text) {
    LOG.log(System.Logger.Level.WARNING, text);
  }
}
