package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Contract ida 3.5, what {@code x5c[0]} may look like and what it may not. */
class HeaderCertificateTest {

  private static final byte[] DER = Base64.getDecoder().decode(Vectors.text("9.2.certificate"));
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(DER)
          + "\n-----END CERTIFICATE-----\n";

  @Test
  void whatIsNoBase64IsRefused() {
    String good = Base64.getEncoder().encodeToString(DER);
    refused("");
    refused("!" + good);
    refused(good.substring(0, 100) + "." + good.substring(100));
    refused(good.substring(0, 100) + "\u00a0" + good.substring(100));
    refused(good.substring(0, 100) + "=" + good.substring(100));
    refused(good + "=");
    refused(PEM);
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    refused(base64("hello".getBytes(StandardCharsets.UTF_8)));
    refused(base64("-----BEGIN CERTIFICATE-----".getBytes(StandardCharsets.UTF_8)));
    refused(base64(PEM.replace("CERTIFICATE", "PRIVATE KEY").getBytes(StandardCharsets.UTF_8)));
    refused(base64(Vectors.certificate().getPublicKey().getEncoded()));
    refused(base64(Arrays.copyOf(DER, DER.length - 1)));
  }

  @Test
  void derWithAnythingBehindItAndPemWithAnythingBeforeItAreRefused() {
    refused(base64(Arrays.copyOf(DER, DER.length + 1)));
    refused(base64((" " + PEM).getBytes(StandardCharsets.UTF_8)));
    refused(base64(("Bag Attributes\n" + PEM).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anEntryAboveTheHeaderLimitIsNotDecoded() {
    refused(base64(DER) + " ".repeat(DetachedJws.MAX_CHARACTERS));
  }

  @Test
  void aRefusalDoesNotQuoteTheEntry() {
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> HeaderCertificate.decode("c2VjcmV0"))
        .withMessage("x5c[0] is not a certificate")
        .withNoCause();
  }

  @Test
  void derAndPemAreReadInBothAlphabetsWithAndWithoutPaddingAndLineBreaks() throws Exception {
    for (byte[] form : new byte[][] {DER, PEM.getBytes(StandardCharsets.US_ASCII)}) {
      for (Base64.Encoder encoder :
          new Base64.Encoder[] {
            Base64.getEncoder(),
            Base64.getEncoder().withoutPadding(),
            Base64.getUrlEncoder(),
            Base64.getUrlEncoder().withoutPadding(),
            Base64.getMimeEncoder(),
            Base64.getMimeEncoder(76, new byte[] {'\n'})
          }) {
        String entry = encoder.encodeToString(form);
        assertThat(HeaderCertificate.decode(entry)).isEqualTo(Vectors.certificate());
        assertThat(HeaderCertificate.decode("\t" + entry + " \r\n"))
            .isEqualTo(Vectors.certificate());
      }
    }
  }

  @Test
  void whatIsWrittenIsOneLineOfStandardBase64() throws Exception {
    assertThat(HeaderCertificate.encode(Vectors.certificate()))
        .isEqualTo(Vectors.text("9.2.certificate"));
  }

  private static void refused(String entry) {
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> HeaderCertificate.decode(entry));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
