package io.watchword.core.partner;

import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.CachedRows;
import java.time.Instant;

/**
 * Lets a relying party of the identity v1 door in, which shows its id and a licence key: contract
 * identity-v1 10.2, steps 1 to 7. Callers see the first fault only, so the order is part of the
 * contract.
 */
public final class TspAdmission {

  private final CachedRows rows;
  private final Keyring keyring;

  public TspAdmission(CachedRows rows, Keyring keyring) {
    this.rows = rows;
    this.keyring = keyring;
  }

  /** What {@link #admit} found. */
  public sealed interface Outcome {}

  /** Let in. */
  public record Let(Admitted caller) implements Outcome {}

  /** Not let in, and the first reason why. */
  public record Refused(Refusal why) implements Outcome {}

  /** Why a relying party was not let in. */
  public enum Refusal {
    LICENCE_UNKNOWN,
    LICENCE_EXPIRED,
    LICENCE_SUSPENDED,
    LICENCE_BLOCKED,
    NOT_REGISTERED,
    PARTNER_INACTIVE,
    /** The licence is another's. */
    NOT_MAPPED,
    NO_POLICY
  }

  /**
   * @param licenceKey as shown; its text is not kept
   * @param tsp id of the relying party
   */
  public Outcome admit(String licenceKey, String tsp, Instant now) {
    Licence licence = rows.get(Licence.TABLE.key(keyring.lookup(Licence.LOOKUP_KIND, licenceKey)));
    if (licence == null
        || licence.status() == Licence.Status.DELETED
        || now.isBefore(licence.commencesAt())) {
      return new Refused(Refusal.LICENCE_UNKNOWN);
    }
    if (licence.expiresAt() != null && !now.isBefore(licence.expiresAt())) {
      return new Refused(Refusal.LICENCE_EXPIRED);
    }
    if (licence.status() == Licence.Status.BLOCKED) {
      return new Refused(Refusal.LICENCE_BLOCKED);
    }
    if (licence.status() != Licence.Status.ACTIVE
        || licence.ownerStatus() != Partner.Status.ACTIVE) {
      return new Refused(Refusal.LICENCE_SUSPENDED);
    }
    Partner partner = tsp.length() > Partner.LONGEST_ID ? null : rows.get(Partner.TABLE.key(tsp));
    if (partner == null || partner.status() == Partner.Status.DELETED) {
      return new Refused(Refusal.NOT_REGISTERED);
    }
    if (partner.status() != Partner.Status.ACTIVE) {
      return new Refused(Refusal.PARTNER_INACTIVE);
    }
    if (!licence.serves(tsp)) {
      return new Refused(Refusal.NOT_MAPPED);
    }
    Policy policy = partner.policy() == null ? null : rows.get(Policy.TABLE.key(partner.policy()));
    boolean inForce =
        policy != null
            && policy.status() == Partner.Status.ACTIVE
            && !now.isBefore(policy.commencesAt())
            && (policy.expiresAt() == null || !now.isAfter(policy.expiresAt()));
    return policy == null || !inForce
        ? new Refused(Refusal.NO_POLICY)
        : new Let(new Admitted(partner, policy));
  }
}
