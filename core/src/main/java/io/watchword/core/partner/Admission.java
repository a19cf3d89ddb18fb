package io.watchword.core.partner;

import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.CachedRows;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Lets a relying party in: partner, API key, policy, certificate and licence, in the order of
 * contract ida 6.1. Callers see the first fault only, so the order is part of the contract.
 */
public final class Admission {

  private final CachedRows rows;
  private final Keyring keyring;

  public Admission(CachedRows rows, Keyring keyring) {
    this.rows = rows;
    this.keyring = keyring;
  }

  /** What {@link #admit} found. */
  public sealed interface Outcome permits Admitted, Refused {}

  /** Not let in, and the first reason why. */
  public record Refused(AdmissionRefusal why) implements Outcome {}

  /**
   * @param licence the licence key, first segment of the path
   * @param partner the partner id
   * @param apiKey the API key
   * @param certificateSha256 of the certificate that signed the request, upper-case hexadecimal
   */
  public Outcome admit(
      String licence, String partner, String apiKey, String certificateSha256, Instant now) {
    ApiKey key = rows.get(ApiKey.TABLE.key(keyring.lookup(ApiKey.LOOKUP_KIND, apiKey)));
    if (key == null || !key.partner().equals(partner)) {
      return refused(AdmissionRefusal.NOT_REGISTERED);
    }
    Partner caller = rows.get(Partner.TABLE.key(partner));
    if (caller == null || caller.status() == Partner.Status.DELETED) {
      return refused(AdmissionRefusal.NOT_REGISTERED);
    }
    if (caller.status() != Partner.Status.ACTIVE) {
      return refused(AdmissionRefusal.PARTNER_INACTIVE);
    }
    Policy policy = rows.get(Policy.TABLE.key(key.policy()));
    if (policy == null || policy.status() == Partner.Status.DELETED) {
      return refused(AdmissionRefusal.POLICY_DELETED);
    }
    if (policy.status() != Partner.Status.ACTIVE
        || outside(policy.commencesAt(), policy.expiresAt(), now)) {
      return refused(AdmissionRefusal.POLICY_INACTIVE);
    }
    if (key.status() == Partner.Status.DELETED) {
      return refused(AdmissionRefusal.NOT_REGISTERED);
    }
    if (key.status() != Partner.Status.ACTIVE) {
      return refused(AdmissionRefusal.API_KEY_INACTIVE);
    }
    if (outside(key.commencesAt(), key.expiresAt(), now)) {
      return refused(AdmissionRefusal.API_KEY_OUTSIDE_ITS_TIME);
    }
    Licence licensed = rows.get(Licence.TABLE.key(keyring.lookup(Licence.LOOKUP_KIND, licence)));
    if (!signedBy(caller, licensed, certificateSha256)) {
      return refused(AdmissionRefusal.OTHER_CERTIFICATE);
    }
    AdmissionRefusal unlicensed = licenceFault(licensed, now);
    return unlicensed != null ? refused(unlicensed) : new Admitted(caller, policy);
  }

  private static @Nullable AdmissionRefusal licenceFault(@Nullable Licence licence, Instant now) {
    if (licence == null
        || licence.status() == Licence.Status.DELETED
        || licence.ownerStatus() == Partner.Status.DELETED) {
      return AdmissionRefusal.LICENCE_UNKNOWN;
    }
    if (licence.status() != Licence.Status.ACTIVE
        || licence.ownerStatus() != Partner.Status.ACTIVE) {
      return AdmissionRefusal.LICENCE_INACTIVE;
    }
    if (now.isBefore(licence.commencesAt())) {
      return AdmissionRefusal.LICENCE_UNKNOWN;
    }
    return licence.expiresAt() != null && !now.isBefore(licence.expiresAt())
        ? AdmissionRefusal.LICENCE_EXPIRED
        : null;
  }

  private static boolean signedBy(
      Partner partner, @Nullable Licence licence, String certificateSha256) {
    boolean own = same(certificateSha256, sha256(partner.certificate()));
    boolean former =
        !partner.formerCertificateSha256().isEmpty()
            && same(certificateSha256, partner.formerCertificateSha256());
    boolean provider =
        licence != null
            && !licence.certificateSha256().isEmpty()
            && same(certificateSha256, licence.certificateSha256());
    return own || former || provider;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  private static String sha256(byte[] der) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static boolean outside(Instant from, @Nullable Instant until, Instant now) {
    return now.isBefore(from) || (until != null && now.isAfter(until));
  }

  private static Outcome refused(AdmissionRefusal refusal) {
    return new Refused(refusal);
  }
}
