package io.watchword.server.keys;

/** Where a key pair is in its life. */
public enum KeyState {
  /** Published and ready to decrypt; signs only when its time has come. */
  NEXT,
  /** In use. */
  CURRENT,
  /** Still decrypts, never signs. */
  FORMER,
  /** Its private key is gone; only the certificate is kept. */
  DESTROYED
}
