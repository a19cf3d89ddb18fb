package io.watchword.client.ida;

import io.watchword.wire.ida.Demographics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One authentication: who, by which factors, with whose consent. All factors given must match.
 *
 * <pre>{@code
 * AuthenticationRequest.of(Individual.uin("2047631038"))
 *     .withConsent()
 *     .withCode(sent.transactionId(), "493025")
 *     .withDemographics(Demographics.builder().name("eng", "James Rodrigious").build())
 * }</pre>
 *
 * <p>Immutable. {@code toString} shows no factor.
 */
public final class AuthenticationRequest {

  private final Individual individual;
  private final boolean consent;
  private final @Nullable String transactionId;
  private final @Nullable String code;
  private final @Nullable Demographics demographics;

  private AuthenticationRequest(
      Individual individual,
      boolean consent,
      @Nullable String transactionId,
      @Nullable String code,
      @Nullable Demographics demographics) {
    this.individual = individual;
    this.consent = consent;
    this.transactionId = transactionId;
    this.code = code;
    this.demographics = demographics;
  }

  /** A request without factors and without consent, which the server would refuse. */
  public static AuthenticationRequest of(Individual individual) {
    return new AuthenticationRequest(individual, false, null, null, null);
  }

  /** States that the individual has agreed to be authenticated. */
  public AuthenticationRequest withConsent() {
    return new AuthenticationRequest(individual, true, transactionId, code, demographics);
  }

  /**
   * Adds a code that the individual has received.
   *
   * @param transactionId that of the request for the code, {@link OtpSent#transactionId}; this
   *     request takes it over
   * @param code as the individual typed it
   * @throws IllegalArgumentException if the transaction id is not ten letters or digits
   */
  public AuthenticationRequest withCode(String transactionId, String code) {
    return new AuthenticationRequest(
        individual, consent, TransactionIds.checked(transactionId), code, demographics);
  }

  /** Adds personal data. */
  public AuthenticationRequest withDemographics(Demographics demographics) {
    return new AuthenticationRequest(individual, consent, transactionId, code, demographics);
  }

  /**
   * Sets the transaction id. Without it that of the code is used, else a random one.
   *
   * @throws IllegalArgumentException if it is not ten letters or digits
   */
  public AuthenticationRequest withTransactionId(String transactionId) {
    return new AuthenticationRequest(
        individual, consent, TransactionIds.checked(transactionId), code, demographics);
  }

  Individual individual() {
    return individual;
  }

  boolean consent() {
    return consent;
  }

  Optional<String> transactionId() {
    return Optional.ofNullable(transactionId);
  }

  Optional<String> code() {
    return Optional.ofNullable(code);
  }

  @Nullable Demographics demographics() {
    return demographics;
  }

  @Override
  public String toString() {
    return "AuthenticationRequest["
        + individual
        + ", code="
        + (code != null)
        + ", demographics="
        + (demographics != null)
        + ", consent="
        + consent
        + "]";
  }
}
