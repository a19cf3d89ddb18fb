package io.watchword.core.partner;

import io.watchword.core.unit.Table;

/**
 * A relying party.
 *
 * @param id as it stands in the request's path, 1 to {@value #LONGEST_ID} characters; compared with
 *     regard to case
 * @param name for people
 * @param status only {@link Status#ACTIVE} partners are served
 * @param certificate the signed certificate, DER; the partner signs with its key and KYC replies
 *     are encrypted to it
 * @param formerCertificateSha256 SHA-256, upper-case hexadecimal, of the certificate before, while
 *     both are accepted for signing; empty otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; kept out of toString
public record Partner(
    String id, String name, Status status, byte[] certificate, String formerCertificateSha256) {

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

  @Override
  public String toString() {
    return "Partner[" + id + ", " + status + "]";
  }
}
