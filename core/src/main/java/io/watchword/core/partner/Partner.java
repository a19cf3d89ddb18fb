package io.watchword.core.partner;

import io.watchword.core.unit.Table;
import org.jspecify.annotations.Nullable;

/**
 * A relying party.
 *
 * @param id as it stands in the request's path, 1 to {@value #LONGEST_ID} characters; compared with
 *     regard to case
 * @param name for people
 * @param status only {@link Status#ACTIVE} partners are served
 * @param certificate the signed certificate, DER; the partner signs with its key and KYC replies
 *     are encrypted to it. Empty: none, as relying parties of the identity v1 door may
 * @param formerCertificateSha256 SHA-256, upper-case hexadecimal, of the certificate before, while
 *     both are accepted for signing; empty otherwise
 * @param policy id of the policy of requests that name none by an API key: those of the identity v1
 *     door; {@code null}: none is assigned
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; kept out of toString
public record Partner(
    String id,
    String name,
    Status status,
    byte[] certificate,
    String formerCertificateSha256,
    @Nullable String policy) {

  /** Other rows' ids hold a partner's beside a person's and must stay within a key's limit. */
  public static final int LONGEST_ID = 128;

  public Partner {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "a partner's id has 1 to " + LONGEST_ID + " characters, not " + id.length());
    }
  }

  /** Keyed by partner id. */
  public static final Table<Partner> TABLE = Table.clear("partners", Partner.class);

  /** Whether a caller or a policy is in force. */
  public enum Status {
    ACTIVE,
    INACTIVE,
    DELETED
  }

  /** The same in another status. */
  public Partner withStatus(Status other) {
    return new Partner(id, name, other, certificate, formerCertificateSha256, policy);
  }

  /** The same with another certificate, and the hash of the one that is still accepted. */
  public Partner withCertificate(byte[] other, String formerSha256) {
    return new Partner(id, name, status, other, formerSha256, policy);
  }

  /** The same with another policy for requests that name none. */
  public Partner withPolicy(String other) {
    return new Partner(id, name, status, certificate, formerCertificateSha256, other);
  }

  @Override
  public String toString() {
    return "Partner[" + id + ", " + status + "]";
  }
}
