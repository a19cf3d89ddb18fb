package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.wire.protection.DecryptionKeys.Answer;
import io.watchword.wire.protection.KycEnvelope.SealedIdentity;
import io.watchword.wire.protection.Opening.Opened;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract ida, sections 9.1 to 9.4, on every provider. */
class ContractVectorsTest {

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void aBodyChangedByOneBlankFailsInEitherFormOfTheHeader(ProviderUnderTest provider)
      throws Exception {
    byte[] changed = (Vectors.text("9.4.body") + " ").getBytes("UTF-8");
    for (String form : new String[] {"9.4.signatureSdk", "9.4.signatureRfc"}) {
      DetachedJws jws = DetachedJws.parse(Vectors.text(form), Set.of(JwsAlgorithm.RS256));
      assertThat(verify(provider, jws, changed)).as(form).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void bothFormsOfTheSignatureHeaderVerify(ProviderUnderTest provider) throws Exception {
    for (String form : new String[] {"9.4.signatureSdk", "9.4.signatureRfc"}) {
      DetachedJws jws = DetachedJws.parse(Vectors.text(form), Set.of(JwsAlgorithm.RS256));
      assertThat(HeaderCertificate.decode(jws.certificateText().orElseThrow()))
          .as(form)
          .isEqualTo(Vectors.certificate());
      assertThat(verify(provider, jws, Vectors.bytes("9.4.body"))).as(form).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void ourSignatureIsTheRfcFormToTheLetter(ProviderUnderTest provider) throws Exception {
    JwsSigner signer =
        JwsSigner.ofPartner(
            provider.algorithms(), JwsAlgorithm.RS256, Vectors.privateKey(), Vectors.certificate());
    assertThat(signer.sign(Vectors.bytes("9.4.body"))).isEqualTo(Vectors.text("9.4.signatureRfc"));
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void theRequestOfTheVectorOpens(ProviderUnderTest provider) {
    SealedRequest sealed =
        new SealedRequest(
            Vectors.text("9.1.request"),
            Vectors.text("9.1.requestHMAC"),
            Vectors.text("9.2.requestSessionKey"),
            Vectors.text("9.2.thumbprint"));
    Opening opening =
        new SessionEnvelope(provider.algorithms(), new SecureRandom())
            .open(
                sealed,
                thumbprint ->
                    thumbprint.hex().equals(Vectors.text("9.2.thumbprintHex"))
                        ? new Answer.Found(Vectors.privateKey())
                        : new Answer.Unknown());
    assertThat(opening).isInstanceOf(Opened.class);
    assertThat(((Opened) opening).plain()).isEqualTo(Vectors.bytes("9.1.inner"));
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void sealingUnderTheVectorsKeyAndIvGivesItsText(ProviderUnderTest provider) throws Exception {
    SealedRequest sealed =
        new SessionEnvelope(
                provider.algorithms(),
                new GivenRandom(Vectors.AES_KEY.clone(), Vectors.IV, Vectors.IV))
            .seal(Vectors.bytes("9.1.inner"), Vectors.certificate());
    assertThat(sealed.request()).isEqualTo(Vectors.text("9.1.request"));
    assertThat(sealed.requestHmac()).isEqualTo(Vectors.text("9.1.requestHMAC"));
    assertThat(sealed.thumbprint()).isEqualTo(Vectors.text("9.2.thumbprint"));
    assertThat(sealed.requestSessionKey()).hasSize(344).endsWith("=");
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void theIdentityOfTheVectorOpensAndSealsToItsText(ProviderUnderTest provider) throws Exception {
    String sessionKey = Vectors.text("9.2.requestSessionKey").replace("=", "");
    byte[] plain =
        new KycEnvelope(provider.algorithms(), new SecureRandom())
            .open(Vectors.text("9.3.identity"), sessionKey, Vectors.privateKey());
    assertThat(plain).isEqualTo(Vectors.bytes("9.3.plain"));

    SealedIdentity sealed =
        new KycEnvelope(provider.algorithms(), new GivenRandom(Vectors.AES_KEY.clone(), Vectors.IV))
            .seal(plain, Vectors.certificate());
    assertThat(sealed.identity()).isEqualTo(Vectors.text("9.3.identity"));
    assertThat(sealed.thumbprint()).isEqualTo(Vectors.text("9.2.thumbprintHex"));
    assertThat(sealed.sessionKey()).hasSize(342).doesNotContain("=");
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void theHashOfTheVectorIsPlainSha256InUpperCase(ProviderUnderTest provider) throws Exception {
    byte[] text =
        new Blob(provider.algorithms(), new SecureRandom())
            .open(Vectors.AES_KEY, Base64Url.decode(Vectors.text("9.1.requestHMAC")));
    assertThat(text).asString().isEqualTo(Vectors.text("9.1.sha256"));
    assertThat(Algorithms.sha256().digest(Vectors.bytes("9.1.inner")))
        .isEqualTo(HexFormat.of().parseHex(Vectors.text("9.1.sha256")));
  }

  private static boolean verify(ProviderUnderTest provider, DetachedJws jws, byte[] body) {
    return jws.verify(provider.algorithms(), Vectors.certificate().getPublicKey(), body);
  }
}
