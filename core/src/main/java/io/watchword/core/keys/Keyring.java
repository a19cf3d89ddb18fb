package io.watchword.core.keys;

/**
 * Keyed hashes and sealing under the server's secret keys. Every result carries the version of its
 * key, so that keys rotate while old rows stay readable.
 *
 * <p>Thread-safe, and free of I/O, clock and randomness for {@link #mac}, {@link #verify} and
 * {@link #lookup}: units may call those.
 */
public interface Keyring {

  /** What a keyed hash is for; each purpose has keys of its own. */
  enum Purpose {
    /** One-time codes at rest. */
    CODE,
    /** The links of the audit chains. */
    AUDIT,
    /** Partner-specific tokens and other pseudonyms. Never rotates. */
    PSEUDONYM
  }

  /**
   * HMAC-SHA-256 over the parts, each preceded by its length, under the current key of the purpose.
   */
  Mac mac(Purpose purpose, byte[]... parts);

  /**
   * Whether the hash is that of the parts, under the key version that it names. Takes the same time
   * whatever the answer. An unknown key version is a plain {@code false}.
   */
  boolean verify(Purpose purpose, Mac mac, byte[]... parts);

  /**
   * The look-up key of an identifier or another value that must not stand in clear in any row's id:
   * HMAC-SHA-256 in lower-case hexadecimal, 64 characters. The same input gives the same key for
   * the life of the data.
   *
   * @param kind keeps values of different kinds apart, for example {@code UIN}
   */
  String lookup(String kind, String value);

  /** Seals rows at rest. */
  Sealer sealer();
}
