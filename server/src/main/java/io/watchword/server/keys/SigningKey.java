package io.watchword.server.keys;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * The key that signs responses.
 *
 * @param id unique for ever; signatures carry its hash as {@code kid}
 */
public record SigningKey(String id, PrivateKey privateKey, X509Certificate certificate) {

  /** Without the key. */
  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
