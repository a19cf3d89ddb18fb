package io.watchword.server.print;

import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.ExternalSigningSupport;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Signs a PDF as a whole: a detached CMS signature, RSA with SHA-256, by the deployment's key for
 * cards, with the certificates up to its root (ISO 32000-1, 12.8.3.3).
 */
public final class CardSigner {

  private final ServerKeys keys;

  public CardSigner(ServerKeys keys) {
    this.keys = keys;
  }

  byte[] sign(byte[] pdf, Instant at) throws CardUnprintable {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      var signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
      signature.setName("Watchword");
      var day = new GregorianCalendar(TimeZone.getTimeZone("UTC"), java.util.Locale.ROOT);
      day.setTimeInMillis(at.toEpochMilli());
      signature.setSignDate(day);
      document.addSignature(signature);
      var signed = new ByteArrayOutputStream(pdf.length + 32 * 1024);
      ExternalSigningSupport external = document.saveIncrementalForExternalSigning(signed);
      external.setSignature(cms(external.getContent().readAllBytes()));
      return signed.toByteArray();
    } catch (IOException
        | CMSException
        | OperatorCreationException
        | CertificateEncodingException e) {
      throw new CardUnprintable("the card cannot be signed", e);
    }
  }

  private byte[] cms(byte[] content)
      throws CMSException, OperatorCreationException, CertificateEncodingException, IOException {
    SigningKey key = keys.signingKey(KeyUse.CARD);
    var generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .build(
                new JcaContentSignerBuilder("SHA256withRSA").build(key.privateKey()),
                key.certificate()));
    generator.addCertificates(
        new JcaCertStore(List.of(key.certificate(), keys.certificate(KeyUse.ROOT_CA))));
    return generator.generate(new CMSProcessableByteArray(content), false).getEncoded();
  }
}
