package io.watchword.server.identityv1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.partner.Partner;
import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.Certificates;
import io.watchword.server.keys.SeenCertificate;
import io.watchword.server.keys.SeenCertificates;
import io.watchword.server.keys.Signers;
import io.watchword.server.settings.IdentityV1DoorSettings;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.CompactJws;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.MalformedJwsException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The optional signature of a request (contract identity-v1 1.1): a JWS in {@code Authorization}
 * whose payload is the SHA-256 of the body in hexadecimal, by a certificate that leads to an
 * authority of relying parties.
 */
public final class RequestSignatures {

  private static final String BEARER = "Bearer ";
  private static final int LONGEST = 32 * 1024;
  private static final Set<JwsAlgorithm> ALGORITHMS = EnumSet.of(JwsAlgorithm.RS256);

  private final IdentityV1DoorSettings.Signatures mode;
  private final Signers signers;
  private final SeenCertificates certificates;
  private final Algorithms algorithms;

  /**
   * @param signers judge certificates
   * @param certificates of relying parties that are on file
   */
  public RequestSignatures(
      IdentityV1DoorSettings.Signatures mode,
      Signers signers,
      SeenCertificates certificates,
      Algorithms algorithms) {
    this.mode = mode;
    this.signers = signers;
    this.certificates = certificates;
    this.algorithms = algorithms;
  }

  /**
   * Checks a request's signature.
   *
   * @return SHA-256 of the certificate that signed, upper-case hexadecimal; {@code null}: none was
   *     asked for or given
   */
  @Nullable String check(ServerRequest request, byte[] body, Instant now) throws Refused {
    if (mode == IdentityV1DoorSettings.Signatures.IGNORED) {
      return null;
    }
    Optional<String> given = request.headers().first(HeaderNames.AUTHORIZATION);
    if (given.isEmpty()) {
      if (mode == IdentityV1DoorSettings.Signatures.REQUIRED) {
        throw new Refused(Faults.BAD_SIGNATURE);
      }
      return null;
    }
    String text = given.get();
    if (text.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      text = text.substring(BEARER.length());
    }
    return verified(text.strip(), body, now);
  }

  private String verified(String text, byte[] body, Instant now) throws Refused {
    if (text.length() > LONGEST) {
      throw new Refused(Faults.BAD_SIGNATURE);
    }
    CompactJws jws;
    try {
      jws = CompactJws.parse(text, ALGORITHMS);
    } catch (MalformedJwsException e) {
      throw new Refused(Faults.BAD_SIGNATURE);
    }
    SeenCertificate signer = signers.judge(Domain.AUTH, jws.certificateText(), now).certificate();
    if (signer == null) {
      throw new Refused(Faults.BAD_SIGNER);
    }
    byte[] signed = new String(jws.payload(), US_ASCII).toLowerCase(Locale.ROOT).getBytes(US_ASCII);
    if (!jws.verify(algorithms, signer.key()) || !MessageDigest.isEqual(signed, hash(body))) {
      throw new Refused(Faults.BAD_SIGNATURE);
    }
    return signer.sha256();
  }

  /**
   * Refuses what another relying party has signed.
   *
   * @param signer as {@link #check} gave it
   */
  void requireOwn(@Nullable String signer, Partner partner) throws Refused {
    boolean other =
        signer != null
            && partner.certificate().length > 0
            && !Certificates.sha256(certificates.of(partner)).equals(signer);
    if (other) {
      throw new Refused(Faults.BAD_SIGNER);
    }
  }

  private static byte[] hash(byte[] body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(body))
          .getBytes(US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
