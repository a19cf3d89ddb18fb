package io.watchword.wire.protection;

import java.security.PrivateKey;

/** Where the private key to a thumbprint is found, among current and former keys. */
@FunctionalInterface
public interface DecryptionKeys {

  /** The key whose certificate has that thumbprint. */
  Answer byThumbprint(Thumbprint thumbprint);

  /** What the look-up found. */
  sealed interface Answer {

    /** The key to decrypt with. */
    record Found(PrivateKey key) implements Answer {}

    /** No key has that thumbprint. */
    record Unknown() implements Answer {}

    /** There was such a key, but it must not be used any more. */
    record Expired() implements Answer {}
  }
}
