package io.watchword.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/**
 * What the server shows of itself in TLS.
 *
 * @param chain its own certificate first, each followed by the one that signed it
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

  private static final int LARGEST_FILE = 64 * 1024;

  TlsIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads PEM files (RFC 7468): certificates, and a private key without a password, RSA or EC, as
   * PKCS #8 or in the older forms of OpenSSL.
   *
   * @throws IllegalArgumentException whose message names the setting and the file, and nothing of
   *     what is in it
   */
  static TlsIdentity read(Path certificate, Path key) {
    List<X509Certificate> chain = certificates(certificate);
    PrivateKey privateKey = key(key);
    if (!belongTogether(privateKey, chain.getFirst().getPublicKey())) {
      throw new IllegalArgumentException(
          "server.tls.key: %s is not the key of the first certificate in %s"
              .formatted(key, certificate));
    }
    return new TlsIdentity(privateKey, chain);
  }

  private static List<X509Certificate> certificates(Path file) {
    byte[] content = content("server.tls.certificate", file);
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (CertificateException e) {
      // Said below.
    }
    throw new IllegalArgumentException("server.tls.certificate: no PEM certificates in " + file);
  }

  private static PrivateKey key(Path file) {
    String text = new String(content("server.tls.key", file), StandardCharsets.ISO_8859_1);
    try (var parser = new PEMParser(new StringReader(text))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        switch (part) {
          case PrivateKeyInfo info -> {
            return key(info);
          }
          case PEMKeyPair pair -> {
            return key(pair.getPrivateKeyInfo());
          }
          default -> {} // such as the parameters that OpenSSL writes before an EC key
        }
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Said below, without the reason: it could quote the key.
    }
    throw new IllegalArgumentException(
        "server.tls.key: no RSA or EC private key in PEM without a password in " + file);
  }

  private static PrivateKey key(PrivateKeyInfo info) throws GeneralSecurityException, IOException {
    String algorithm =
        switch (info.getPrivateKeyAlgorithm().getAlgorithm().getId()) {
          case "1.2.840.10045.2.1" -> "EC";
          case "1.2.840.113549.1.1.1" -> "RSA";
          default -> throw new GeneralSecurityException("neither RSA nor EC");
        };
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    try {
      var signature =
          Signature.getInstance(
              key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      byte[] sample = {'t', 'l', 's'};
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(sample);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] content(String setting, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LARGEST_FILE + 1);
      if (content.length > LARGEST_FILE) {
        throw new IllegalArgumentException(
            "%s: %s is larger than %d bytes".formatted(setting, file, LARGEST_FILE));
      }
      return content;
    } catch (IOException e) {
      throw new IllegalArgumentException("%s: cannot read %s".formatted(setting, file), e);
    }
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "TlsIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
