package io.watchword.client.ida;

import io.watchword.client.ida.AuthenticatorException.DecryptionFailure;
import io.watchword.client.ida.AuthenticatorException.Refusal;
import io.watchword.client.ida.AuthenticatorException.TransportFailure;
import io.watchword.client.ida.KycResult.SealedIdentity;
import io.watchword.wire.ida.AuthReply;
import io.watchword.wire.ida.AuthRequest;
import io.watchword.wire.ida.IdaError;
import io.watchword.wire.ida.InnerRequest;
import io.watchword.wire.ida.Json;
import io.watchword.wire.ida.KycReply;
import io.watchword.wire.ida.OtpReply;
import io.watchword.wire.ida.OtpRequest;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.KycEnvelope;
import io.watchword.wire.protection.SealedRequest;
import io.watchword.wire.protection.SessionEnvelope;
import io.watchword.wire.protection.UndecryptableException;
import java.security.InvalidKeyException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks an IDA service for codes, has individuals authenticated and fetches their identity.
 *
 * <pre>{@code
 * Authenticator authenticator =
 *     new Authenticator(AuthenticatorConfig.read(Path.of("config.toml")));
 * Individual james = Individual.uin("2047631038");
 *
 * OtpSent sent = authenticator.genOtp(james, Channel.EMAIL, Channel.PHONE);
 * String code = System.console().readLine("The code sent to %s: ", sent.maskedEmail().orElse("?"));
 * try {
 *   KycResult result =
 *       authenticator.kyc(
 *           AuthenticationRequest.of(james)
 *               .withConsent()
 *               .withCode(sent.transactionId(), code));
 *   Identity identity = authenticator.decryptResponse(result);
 *   System.out.println(identity.name("eng").orElse("no name released"));
 * } catch (AuthenticatorException.Refusal refusal) {
 *   refusal.errors().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Thread-safe; make one and keep it. Every call is one HTTP request and blocks until it is
 * answered. Nothing is tried twice: whoever repeats a call after a {@link TransportFailure} must
 * know that the server may have acted on the first.
 */
public final class Authenticator {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String SPEC_VERSION = "1.0";

  private final AuthenticatorConfig config;
  private final Connection connection;
  private final SessionEnvelope sessionEnvelope;
  private final KycEnvelope kycEnvelope;

  /** Opens no connection yet. */
  public Authenticator(AuthenticatorConfig config) {
    this.config = config;
    this.connection = new Connection(config);
    this.sessionEnvelope = new SessionEnvelope(Algorithms.ofJdk(), config.random());
    this.kycEnvelope = new KycEnvelope(Algorithms.ofJdk(), config.random());
  }

  /**
   * Has a code sent, under a random transaction id.
   *
   * @throws Refusal if the server does not send one
   */
  public OtpSent genOtp(Individual individual, Channel channel, Channel... more)
      throws AuthenticatorException {
    return genOtp(individual, TransactionIds.random(config.random()), channel, more);
  }

  /**
   * Has a code sent.
   *
   * @param transactionId ten letters or digits, to be given back with the code
   * @throws IllegalArgumentException if the transaction id has another form
   * @throws Refusal if the server does not send one
   */
  public OtpSent genOtp(
      Individual individual, String transactionId, Channel channel, Channel... more)
      throws AuthenticatorException {
    OtpReply reply =
        connection.exchange(
            "otp",
            new OtpRequest(
                config.naming().otpId(),
                config.naming().version(),
                individual.id(),
                typeName(individual),
                TransactionIds.checked(transactionId),
                now(),
                EnumSet.of(channel, more).stream().map(Channel::wireName).toList(),
                Map.of()),
            OtpReply.class);
    OtpReply.Response response = reply.response();
    refuseOn(reply.errors());
    if (response == null) {
      throw new TransportFailure("the reply has neither response nor errors");
    }
    requireSame(transactionId, reply.transactionId());
    return new OtpSent(
        transactionId,
        Optional.ofNullable(response.maskedMobile()),
        Optional.ofNullable(response.maskedEmail()));
  }

  /**
   * Has an individual authenticated.
   *
   * @throws Refusal if a factor did not match or the server did not look at the factors
   */
  public AuthResult auth(AuthenticationRequest request) throws AuthenticatorException {
    AuthRequest body = protect(config.naming().authId(), request);
    AuthReply reply = connection.exchange("auth", body, AuthReply.class);
    AuthReply.Response response = reply.response();
    refuseOn(reply.errors());
    if (response == null || !response.authStatus()) {
      throw new Refusal(List.of());
    }
    requireSame(body.transactionId(), reply.transactionId());
    return new AuthResult(body.transactionId(), Optional.ofNullable(response.authToken()));
  }

  /**
   * Has an individual authenticated and asks for their identity.
   *
   * @throws Refusal if a factor did not match or the server did not look at the factors
   */
  public KycResult kyc(AuthenticationRequest request) throws AuthenticatorException {
    AuthRequest body = protect(config.naming().kycId(), request);
    KycReply reply = connection.exchange("kyc", body, KycReply.class);
    KycReply.Response response = reply.response();
    refuseOn(reply.errors());
    if (response == null || !response.kycStatus()) {
      throw new Refusal(List.of());
    }
    requireSame(body.transactionId(), reply.transactionId());
    return new KycResult(
        body.transactionId(), Optional.ofNullable(response.authToken()), sealedIdentity(response));
  }

  /**
   * Opens the identity of a KYC result with the partner's key.
   *
   * @return without members if the result has no identity
   * @throws DecryptionFailure if it was encrypted to another key or altered
   */
  public Identity decryptResponse(KycResult result) throws DecryptionFailure {
    if (result.sealedIdentity().isEmpty()) {
      return new Identity(Map.of());
    }
    SealedIdentity sealed = result.sealedIdentity().get();
    byte[] plain;
    try {
      plain = kycEnvelope.open(sealed.identity(), sealed.sessionKey(), config.keys().decryption());
    } catch (UndecryptableException e) {
      throw new DecryptionFailure(
          "the identity does not open with the decryption key; it was encrypted to the certificate "
              + sealed.thumbprint());
    }
    ObjectNode members =
        Json.readObject(plain)
            .orElseThrow(() -> new DecryptionFailure("the identity is not a JSON object"));
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      if (!member.getValue().isNull()) {
        texts.put(
            member.getKey(),
            member.getValue().isString()
                ? member.getValue().stringValue()
                : member.getValue().toString());
      }
    }
    return new Identity(texts);
  }

  private AuthRequest protect(String id, AuthenticationRequest request) {
    String now = now();
    SealedRequest sealed;
    try {
      sealed =
          sessionEnvelope.seal(
              Json.write(
                  new InnerRequest(
                      List.of(), request.demographics(), request.code().orElse(""), now, null)),
              config.keys().encryption());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the encryption certificate was checked at the start", e);
    }
    return new AuthRequest(
        id,
        config.naming().version(),
        request.individual().id(),
        typeName(request.individual()),
        request.transactionId().orElseGet(() -> TransactionIds.random(config.random())),
        now,
        SPEC_VERSION,
        sealed.thumbprint(),
        config.naming().domainUri(),
        config.naming().environment(),
        AuthRequest.RequestedAuth.NONE,
        request.consent(),
        sealed.requestHmac(),
        sealed.requestSessionKey(),
        sealed.request(),
        Map.of());
  }

  private String now() {
    return TIME.format(config.time().instant());
  }

  private static @Nullable String typeName(Individual individual) {
    return individual.type() == null ? null : individual.type().name();
  }

  private static Optional<SealedIdentity> sealedIdentity(KycReply.Response response) {
    return response.identity() == null || response.sessionKey() == null
        ? Optional.empty()
        : Optional.of(
            new SealedIdentity(
                response.identity(),
                response.sessionKey(),
                response.thumbprint() == null ? "" : response.thumbprint()));
  }

  private static void refuseOn(@Nullable List<IdaError> errors) throws Refusal {
    if (errors != null && !errors.isEmpty()) {
      throw new Refusal(errors);
    }
  }

  /** A signed reply to another request is no reply to this one. */
  private static void requireSame(String sent, @Nullable String answered) throws TransportFailure {
    if (!sent.equals(answered)) {
      throw new TransportFailure("the reply belongs to another transaction");
    }
  }
}
