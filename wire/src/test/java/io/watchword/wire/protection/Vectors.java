package io.watchword.wire.protection;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/** The vectors of contract ida, sections 9.1 to 9.4, for the tests of this package. */
final class Vectors {

  static final byte[] AES_KEY = HexFormat.of().parseHex(consecutive(32));
  static final byte[] IV = HexFormat.of().parseHex(consecutive(16));

  private static final Properties VALUES = load();

  private Vectors() {}

  static String text(String name) {
    return Objects.requireNonNull(VALUES.getProperty(name), name);
  }

  static byte[] bytes(String name) {
    return text(name).getBytes(StandardCharsets.UTF_8);
  }

  static PrivateKey privateKey() {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(
              new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text("9.2.privateKey"))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static X509Certificate certificate() {
    try {
      return HeaderCertificate.decode(text("9.2.certificate"));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String consecutive(int count) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < count; i++) {
      hex.append(String.format("%02x", i));
    }
    return hex.toString();
  }

  private static Properties load() {
    Properties values = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Vectors.class.getResourceAsStream("/ida-vectors.properties"))) {
      values.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }
}
