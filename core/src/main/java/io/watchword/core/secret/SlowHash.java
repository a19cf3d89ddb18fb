package io.watchword.core.secret;

import org.jspecify.annotations.Nullable;

/**
 * Salted slow hashing of passwords and client secrets. Few run at the same time, so that nobody can
 * take the whole server by sending passwords.
 *
 * <p>Thread-safe; blocks.
 */
public interface SlowHash {

  /**
   * What may be stored: algorithm, costs, salt and hash in one text.
   *
   * @throws Busy if too many others are waiting
   */
  String of(String secret) throws Busy;

  /**
   * Whether the secret is the one that was hashed. Takes its time also for a hash that is not
   * there, so that whoever asks cannot tell names that exist from others.
   *
   * @param hash {@code null}: there is none, and the answer is no
   * @throws Busy if too many others are waiting; nothing was compared
   */
  boolean matches(@Nullable String hash, String secret) throws Busy;

  /** Too many are at work and waiting. */
  final class Busy extends Exception {

    private static final long serialVersionUID = 1L;

    public Busy() {
      super("too many passwords at the same time", null, false, false);
    }
  }
}
