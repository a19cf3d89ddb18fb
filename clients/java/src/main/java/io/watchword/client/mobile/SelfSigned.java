package io.watchword.client.mobile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** The certificate that a key store wants beside a private key; nobody ever relies on it. */
final class SelfSigned {

  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
  private static final byte[] ECDSA_WITH_SHA256 =
      HexFormat.of().parseHex("300a06082a8648ce3d040302");

  private SelfSigned() {}

  static X509Certificate of(KeyPair pair, String name) throws GeneralSecurityException {
    byte[] issuer =
        der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(0x0c, name.getBytes(UTF_8)))));
    byte[] always =
        der(
            SEQUENCE,
            der(0x17, "700101000000Z".getBytes(US_ASCII)),
            der(0x18, "99991231235959Z".getBytes(US_ASCII)));
    byte[] content =
        der(
            SEQUENCE,
            der(0x02, new byte[] {1}),
            ECDSA_WITH_SHA256,
            issuer,
            always,
            issuer,
            pair.getPublic().getEncoded());
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(content);
    byte[] certificate =
        der(SEQUENCE, content, ECDSA_WITH_SHA256, der(0x03, new byte[] {0}, signer.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate));
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length > 0xff) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 0x7f) {
      out.write(0x81);
    }
    out.write(length & 0xff);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
