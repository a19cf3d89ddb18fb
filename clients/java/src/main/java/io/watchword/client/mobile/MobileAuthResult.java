package io.watchword.client.mobile;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * What follows from an accepted request. {@code toString} shows nothing of it.
 *
 * @param returnUri to be opened in the browser that the link came from, which finishes the login
 *     there (contract mobile 3.9); empty for codes that were scanned
 * @param returnCode that the login page needs beside its cookie; a part of the URI if there is one
 */
public record MobileAuthResult(Optional<URI> returnUri, Optional<String> returnCode) {

  static final MobileAuthResult NOTHING_TO_OPEN =
      new MobileAuthResult(Optional.empty(), Optional.empty());

  static MobileAuthResult read(Reply reply) {
    return new MobileAuthResult(
        reply.text("return_uri").flatMap(MobileAuthResult::page), reply.text("code"));
  }

  /** Nothing but a web page: another scheme could open anything on the device. */
  private static Optional<URI> page(String text) {
    try {
      URI uri = new URI(text);
      boolean page = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return page && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "MobileAuthResult";
  }
}
