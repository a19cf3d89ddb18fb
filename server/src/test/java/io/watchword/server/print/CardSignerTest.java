package io.watchword.server.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.watchword.server.DemoServer;
import io.watchword.server.keys.KeyUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract identity-v1 9.6, signature. */
class CardSignerTest {

  /** Where the card is kept for somebody who wants to see what other programs say of it. */
  private static final String PICTURES = System.getenv("PICTURES_DIR");

  private static final Path FONTS = Path.of("/usr/share/fonts/truetype/noto");

  @Test
  void theSignatureIsTheDeploymentsAndCoversTheWholeFile(@TempDir Path data) throws Exception {
    assumeTrue(
        Files.isReadable(FONTS.resolve("NotoSans-Regular.ttf")),
        "left out: needs Debian's fonts-noto-core");
    try (DemoServer demo = DemoServer.in(data)) {
      var keys = demo.server().platform().keys();
      var card =
          new Card(
              List.of("eng"),
              "XXXXXXXX3456",
              List.of(new Card.Field("name", Card.Block.IDENTITY, Map.of("eng", "Ibrahim"))),
              null);
      byte[] pdf =
          new CardPrinter(FONTS, new CardSigner(keys))
              .print(card, Instant.parse("2026-11-27T10:00:00Z"));
      X509Certificate own = keys.certificate(KeyUse.CARD);
      if (PICTURES != null) {
        Files.write(Path.of(PICTURES, "signed.pdf"), pdf);
      }
      assertThat(right(pdf, own)).isTrue();
      own.verify(keys.certificate(KeyUse.ROOT_CA).getPublicKey());

      byte[] altered = pdf.clone();
      altered[200] ^= 1;
      assertThat(right(altered, own)).isFalse();
    }
  }

  private static boolean right(byte[] pdf, X509Certificate certificate) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      List<PDSignature> signatures = document.getSignatureDictionaries();
      assertThat(signatures).hasSize(1);
      PDSignature signature = signatures.getFirst();
      int[] range = signature.getByteRange();
      assertThat(range[0]).isZero();
      assertThat(range[2] + range[3]).as("to the end of the file").isEqualTo(pdf.length);
      // The room that was kept for the signature is filled up with zeros behind it.
      ContentInfo content;
      try (var room = new ASN1InputStream(signature.getContents(pdf))) {
        content = ContentInfo.getInstance(room.readObject());
      }
      var signed =
          new CMSSignedData(new CMSProcessableByteArray(signature.getSignedContent(pdf)), content);
      SignerInformation signer = signed.getSignerInfos().getSigners().iterator().next();
      return signer.verify(
          new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()));
    } catch (CMSSignerDigestMismatchException e) {
      return false;
    }
  }
}
