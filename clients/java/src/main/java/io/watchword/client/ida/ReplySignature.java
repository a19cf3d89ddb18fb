package io.watchword.client.ida;

import io.watchword.client.ida.AuthenticatorException.InvalidSignature;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.DetachedJws;
import io.watchword.wire.protection.HeaderCertificate;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.MalformedJwsException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the header {@code response-signature} (contract ida 3.8) against the exact bytes of the
 * body.
 */
final class ReplySignature {

  static final String HEADER = "response-signature";

  private static final Set<JwsAlgorithm> ALGORITHMS = EnumSet.allOf(JwsAlgorithm.class);

  private final Algorithms algorithms = Algorithms.ofJdk();
  private final @Nullable X509Certificate trusted;
  private final boolean required;
  private final InstantSource time;

  /**
   * @param trusted the signer's certificate or that of its CA; null takes the header's word
   * @param required whether a reply without the header is refused; with a trusted certificate it
   *     always is
   */
  ReplySignature(@Nullable X509Certificate trusted, boolean required, InstantSource time) {
    this.trusted = trusted;
    this.required = required || trusted != null;
    this.time = time;
  }

  void check(Optional<String> header, byte[] body) throws InvalidSignature {
    if (header.isEmpty()) {
      if (required) {
        throw new InvalidSignature("the reply has no signature");
      }
      return;
    }
    try {
      DetachedJws jws = DetachedJws.parse(header.get(), ALGORITHMS);
      X509Certificate signer = signer(jws);
      if (!jws.verify(algorithms, signer.getPublicKey(), body)) {
        throw new InvalidSignature("the signature is not that of the reply");
      }
    } catch (MalformedJwsException e) {
      throw new InvalidSignature("the reply's signature cannot be read");
    }
  }

  private X509Certificate signer(DetachedJws jws) throws InvalidSignature {
    X509Certificate signer;
    if (jws.certificateText().isPresent()) {
      try {
        signer = HeaderCertificate.decode(jws.certificateText().get());
      } catch (CertificateException e) {
        throw new InvalidSignature("the certificate of the reply's signature cannot be read");
      }
    } else if (trusted != null) {
      signer = trusted;
    } else {
      throw new InvalidSignature("the reply's signature names no certificate");
    }
    try {
      signer.checkValidity(now());
    } catch (CertificateException e) {
      throw new InvalidSignature("the certificate of the reply's signature is not valid today");
    }
    if (trusted != null && !signer.equals(trusted) && !isIssuedBy(trusted, signer)) {
      throw new InvalidSignature("the reply is signed by somebody else");
    }
    return signer;
  }

  private boolean isIssuedBy(X509Certificate issuer, X509Certificate signer) {
    if (issuer.getBasicConstraints() < 0) {
      return false;
    }
    try {
      // A trust anchor's own dates are not part of the path check.
      issuer.checkValidity(now());
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(now());
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(signer)),
              parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private Date now() {
    return Date.from(time.instant());
  }
}
