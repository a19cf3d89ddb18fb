package io.watchword.wire.protection;

/** What came of opening a {@link SealedRequest}. */
public sealed interface Opening {

  /**
   * The message was sound.
   *
   * @param plain the inner JSON exactly as its sender serialised it
   */
  @SuppressWarnings("ArrayRecordComponent") // read once and parsed; never compared
  record Opened(byte[] plain) implements Opening {}

  /** There was no {@code request} member at all, so there is nothing to open. */
  record Absent() implements Opening {}

  /** The message was refused. */
  record Refused(Fault fault) implements Opening {}

  /** The step that refused, in the order of contract ida 3.2 and 2.8. */
  enum Fault {
    /** {@code request} is the empty string. */
    MISSING_REQUEST,
    /** A member is not base64url. */
    DECODING,
    /** {@code requestHMAC} is missing. */
    MISSING_HMAC,
    /** {@code requestSessionKey} is missing. */
    MISSING_SESSION_KEY,
    /** {@code thumbprint} is missing. */
    MISSING_THUMBPRINT,
    /** The thumbprint cannot be read, or no key has it. */
    UNKNOWN_KEY,
    /** The key to the thumbprint is no longer valid. */
    EXPIRED_KEY,
    /** Session key, hash or request did not decrypt; which of them is not told. */
    UNDECRYPTABLE,
    /** All decrypted, but the hash is not that of the request. */
    HASH_MISMATCH
  }
}
