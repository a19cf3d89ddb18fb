package io.watchword.core.mobile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Whether what somebody scanned is the code of a transaction (contract mobile 3.4). */
public sealed interface ScanCheck {

  /** Whether it fits, as far as the code itself tells. */
  Fit fit(Transaction.Code code, Instant createdAt, Instant now);

  /** How a scan fits. */
  enum Fit {
    RIGHT,
    WRONG,
    /** A frame that was right, or will be. */
    ANOTHER_TIME
  }

  /**
   * A static code.
   *
   * @param hash base64url SHA-256 of its bytes
   */
  record Fixed(String hash) implements ScanCheck {
    @Override
    public Fit fit(Transaction.Code code, Instant createdAt, Instant now) {
      return code.hash() != null && same(code.hash(), hash) ? Fit.RIGHT : Fit.WRONG;
    }
  }

  /**
   * A frame of a rotating code.
   *
   * @param maker computes the MAC that a frame of this step must have
   * @param mac base64url, as scanned
   */
  record Frame(long step, String mac, MacMaker maker) implements ScanCheck {

    @Override
    public Fit fit(Transaction.Code code, Instant createdAt, Instant now) {
      if (code.key() == null || !same(maker.mac(code.key()), mac)) {
        return Fit.WRONG;
      }
      long current = Duration.between(createdAt, now).dividedBy(code.step());
      long steps = Math.ceilDiv(code.frameValidity().toMillis(), code.step().toMillis());
      return current - steps <= step && step <= current + 1 ? Fit.RIGHT : Fit.ANOTHER_TIME;
    }
  }

  /** Makes the MAC of a frame under a key, both base64url; pure. */
  interface MacMaker {
    String mac(String key);
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Base64url of the SHA-256. */
  static String hash(byte[] bytes) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
