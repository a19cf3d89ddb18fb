package io.watchword.core.partner;

import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a partner may ask, must ask and may learn.
 *
 * @param id of the policy; pseudonyms of kind {@link Pseudonym#POLICY} are made from it
 * @param allowed actions that may be asked
 * @param mandatory actions that each authentication must contain, in the order of the policy
 *     document
 * @param attributes stored attribute names that a KYC may give out, in the policy's order
 * @param languages of a KYC, ISO 639-3; empty: all that are configured
 * @param pseudonym of the person towards the caller
 * @param matching how near claimed texts must be, where the caller's door knows that; of a text
 *     that is left out the deployment's rule holds
 */
public record Policy(
    String id,
    Partner.Status status,
    Instant commencesAt,
    @Nullable Instant expiresAt,
    Set<Action> allowed,
    List<Action> mandatory,
    List<String> attributes,
    List<String> languages,
    Pseudonym pseudonym,
    Map<Text, Strategy> matching) {

  /** Keyed by policy id. */
  public static final Table<Policy> TABLE = Table.clear("policies", Policy.class);

  public Policy {
    matching = matching == null ? Map.of() : Map.copyOf(matching); // rows of before have none
  }

  /** A claimed text that need not be equal to the stored one (contract identity-v1 5.3). */
  public enum Text {
    NAME,
    FULL_ADDRESS
  }

  /** What a caller can ask for. */
  public enum Action {
    OTP_REQUEST,
    OTP,
    DEMO,
    /** Of the demographic factor only names, dates and addresses of mail and phone. */
    DEMO_IDENTITY,
    /** Of the demographic factor only parts of the postal address. */
    DEMO_ADDRESS,
    /** Of the demographic factor only the whole postal address. */
    DEMO_FULL_ADDRESS,
    /** Of the demographic factor also texts in the deployment's secondary language. */
    DEMO_SECONDARY_LANGUAGE,
    PIN,
    BIO,
    BIO_FINGER,
    BIO_IRIS,
    BIO_FACE,
    KYC
  }

  /** From what the person's pseudonym is computed. */
  public enum Pseudonym {
    PARTNER,
    POLICY,
    RANDOM
  }

  public boolean allows(Action action) {
    return allowed.contains(action);
  }
}
