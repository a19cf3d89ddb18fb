package io.watchword.bench;

import io.watchword.wire.ida.AuthRequest;
import io.watchword.wire.ida.InnerRequest;
import io.watchword.wire.ida.Json;
import io.watchword.wire.ida.OtpRequest;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.JwsSigner;
import io.watchword.wire.protection.SealedRequest;
import io.watchword.wire.protection.SessionEnvelope;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes requests as a relying party does, sealed and signed (contract ida 2 and 3), ready to be
 * sent over a connection that stays open. Thread-safe.
 */
final class RelyingParty {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String VERSION = "1.0";

  private final Access access;
  private final X509Certificate server;
  private final JwsSigner signer;
  private final SessionEnvelope envelope;
  private final InstantSource clock;

  /**
   * What a partner was given.
   *
   * @param certificate signed by the server's authority
   */
  record Access(
      String partner, String apiKey, String licence, PrivateKey key, X509Certificate certificate) {

    @Override
    public String toString() {
      return "Access[" + partner + "]";
    }
  }

  /**
   * @param server the certificate to which session keys are encrypted
   */
  RelyingParty(
      Access access,
      X509Certificate server,
      Algorithms algorithms,
      SecureRandom random,
      InstantSource clock) {
    this.access = access;
    this.server = server;
    this.envelope = new SessionEnvelope(algorithms, random);
    this.clock = clock;
    try {
      this.signer =
          JwsSigner.ofPartner(algorithms, JwsAlgorithm.RS256, access.key(), access.certificate());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the partner's key does not sign", e);
    }
  }

  String partner() {
    return access.partner();
  }

  /** Asks for a code by mail. */
  byte[] otp(String uin, String transaction) {
    return message(
        "otp",
        Json.write(
            new OtpRequest(
                "mosip.identity.otp",
                VERSION,
                uin,
                "UIN",
                transaction,
                TIME.format(clock.instant()),
                List.of("email"),
                Map.of())));
  }

  /** Gives the code back. */
  byte[] auth(String uin, String transaction, String code) {
    String now = TIME.format(clock.instant());
    SealedRequest sealed;
    try {
      sealed =
          envelope.seal(Json.write(new InnerRequest(List.of(), null, code, now, null)), server);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the server's key does not encrypt", e);
    }
    return message(
        "auth",
        Json.write(
            new AuthRequest(
                "mosip.identity.auth",
                VERSION,
                uin,
                "UIN",
                transaction,
                now,
                VERSION,
                sealed.thumbprint(),
                null,
                "Staging",
                AuthRequest.RequestedAuth.NONE,
                true,
                sealed.requestHmac(),
                sealed.requestSessionKey(),
                sealed.request(),
                Map.of())));
  }

  private byte[] message(String operation, byte[] body) {
    String head =
        "POST /idauthentication/v1/%s/%s/%s/%s HTTP/1.1\r\n"
                .formatted(operation, access.licence(), access.partner(), access.apiKey())
            + "Host: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer none\r\n"
            + "Signature: "
            + signer.sign(body)
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[start.length + body.length];
    System.arraycopy(start, 0, message, 0, start.length);
    System.arraycopy(body, 0, message, start.length, body.length);
    return message;
  }
}
