package io.watchword.core.mobile;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device on which somebody answers logins, with the public key of its own.
 *
 * @param account id of whose it is
 * @param profile the account's id at this door
 * @param app that made the key
 * @param keyId RFC 7638 thumbprint
 * @param x coordinate of the key, base64url
 * @param y coordinate of the key, base64url
 * @param usedAt when it last answered
 * @param revokedAt when it was taken away; {@code null}: it is good
 */
public record Enrollment(
    String account,
    String profile,
    String app,
    Device device,
    String keyId,
    String x,
    String y,
    Instant enrolledAt,
    Instant usedAt,
    @Nullable Instant revokedAt) {

  private static final Table<Enrollment> TABLE =
      Table.sealed("mobile_enrollments", Enrollment.class);

  /** The table, for the engine. */
  public static Table<Enrollment> table() {
    return TABLE;
  }

  /** The row of a device of an account. */
  public static Key<Enrollment> key(String account, String device) {
    return TABLE.key(account + "/" + device);
  }

  /** The same, taken away. */
  Enrollment revoked(Instant now) {
    return new Enrollment(
        account,
        profile,
        app,
        device,
        keyId,
        x,
        y,
        enrolledAt,
        usedAt,
        revokedAt == null ? now : revokedAt);
  }

  /** The same, used. */
  Enrollment used(Instant now) {
    return new Enrollment(account, profile, app, device, keyId, x, y, enrolledAt, now, revokedAt);
  }

  /** Whether it is good and this is its key. */
  public boolean has(String key) {
    return revokedAt == null && keyId.equals(key);
  }

  /**
   * The devices of one account, in the order in which they were enrolled.
   *
   * @param ids of devices whose enrollment is good
   * @param clearedAt when a device was last taken away: what was offered before is void; {@code
   *     null}: never
   */
  public record OfAccount(List<String> ids, @Nullable Instant clearedAt) {

    private static final Table<OfAccount> TABLE = Table.sealed("mobile_devices", OfAccount.class);

    static final OfAccount NONE = new OfAccount(List.of(), null);

    public OfAccount {
      ids = List.copyOf(ids);
    }

    /** The table, for the engine. */
    public static Table<OfAccount> table() {
      return TABLE;
    }

    /** The row of an account. */
    public static Key<OfAccount> key(String account) {
      return TABLE.key(account);
    }
  }

  /**
   * An enrollment that was offered to a device and waits for its key.
   *
   * @param challenge base64url, that the new key signs
   * @param confirmedKey id of the key that was enrolled; {@code null}: none yet
   */
  public record Offer(
      String account,
      String profile,
      String app,
      Device device,
      String challenge,
      Instant expiresAt,
      @Nullable String confirmedKey,
      @Nullable Instant confirmedAt) {

    private static final Table<Offer> TABLE = Table.sealed("mobile_offers", Offer.class);

    /** The table, for the engine. */
    public static Table<Offer> table() {
      return TABLE;
    }

    /** The row of an enrollment's id. */
    public static Key<Offer> key(String id) {
      return TABLE.key(id);
    }

    Offer confirmed(String key, Instant now) {
      return new Offer(account, profile, app, device, challenge, expiresAt, key, now);
    }
  }
}
