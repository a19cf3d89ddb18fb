package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract ida 3.5 and 3.8; RFC 7515. */
class DetachedJwsTest {

  private static final Set<JwsAlgorithm> ALL = EnumSet.allOf(JwsAlgorithm.class);
  private static final Set<JwsAlgorithm> RS256 = Set.of(JwsAlgorithm.RS256);
  private static final byte[] BODY = Vectors.bytes("9.4.body");
  private static final Algorithms JDK = Algorithms.ofJdk();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b",
        "a..",
        "..c",
        "a..c..d",
        "e30..AAAA",
        "W10..AAAA",
        "bnVsbA..AAAA",
        "ImEi..AAAA",
        "not json..AAAA"
      })
  void aValueThatIsNoCompactJwsIsRefused(String value) {
    refused(value, ALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"None\"}",
        "{\"alg\":\"\"}",
        "{\"alg\":null}",
        "{\"alg\":256}",
        "{\"alg\":[\"RS256\"]}",
        "{\"alg\":\"rs256\"}",
        "{\"alg\":\"HS256\"}",
        "{\"alg\":\"HS512\"}",
        "{\"alg\":\"ES384\"}",
        "{\"alg\":\"EdDSA\"}",
        "{\"typ\":\"JWT\"}",
        "{\"alg\":\"RS256\",\"crit\":[\"exp\"],\"exp\":1}",
        "{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":true}",
        "{\"alg\":\"RS256\",\"crit\":[]}",
        "{\"alg\":\"RS256\",\"b64\":false}",
        "{\"alg\":\"RS256\",\"alg\":\"RS256\"}",
        "{\"alg\":\"RS256\"} ,",
        "{\"alg\":\"RS256\"",
        "{alg:'RS256'}",
        "{\"alg\":\"RS256\",\"x5c\":\"AAAA\"}",
        "{\"alg\":\"RS256\",\"x5c\":[1]}"
      })
  void aHeaderThatAsksForWhatIsNotAllowedIsRefused(String header) {
    refused(encoded(header) + "..AAAA", ALL);
  }

  @Test
  void anAlgorithmOutsideTheAllowListIsRefused() {
    refused(encoded("{\"alg\":\"PS256\"}") + "..AAAA", RS256);
    refused(Vectors.text("9.4.signatureRfc"), Set.of());
  }

  @Test
  void paddingAndOtherAlphabetsAreRefused() {
    String good = Vectors.text("9.4.signatureRfc");
    refused(good + "=", RS256);
    refused(good + "==", RS256);
    refused(good.replaceFirst("\\.\\.", "=.."), RS256);
    refused(good.replace('-', '+'), RS256);
    refused(good + "\n", RS256);
    refused(" " + good, RS256);
  }

  @Test
  void aValueAboveSixteenKibibytesIsNotLookedAt() {
    String header = encoded("{\"alg\":\"RS256\",\"pad\":\"" + "x".repeat(12_400) + "\"}");
    refused(header + "..AAAA", RS256);
    assertThat(DetachedJws.MAX_CHARACTERS).isLessThan(header.length());
  }

  @Test
  void aHeaderNestedThousandfoldIsRefusedWithoutOverflow() {
    refused(
        encoded("{\"alg\":\"RS256\",\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}")
            + "..AAAA",
        RS256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.4.signatureSdk", "9.4.signatureRfc"})
  void anyCharacterOfTheHeaderOrSignatureChangedMakesItFail(String form) {
    String value = Vectors.text(form);
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      int index = i == 0 ? 0 : i == 1 ? value.length() - 1 : random.nextInt(value.length());
      char other = value.charAt(index) == 'A' ? 'B' : 'A';
      if (value.charAt(index) == '.') {
        continue;
      }
      String changed = value.substring(0, index) + other + value.substring(index + 1);
      assertThat(accepts(changed, BODY)).as("character %d", index).isFalse();
    }
  }

  @Test
  void anyByteOfTheBodyChangedMakesItFail() {
    String value = Vectors.text("9.4.signatureRfc");
    for (int i = 0; i < BODY.length; i++) {
      byte[] changed = BODY.clone();
      changed[i] ^= 1;
      assertThat(accepts(value, changed)).as("byte %d", i).isFalse();
    }
    assertThat(accepts(value, new byte[0])).isFalse();
  }

  @Test
  void aKeyThatIsAnothersOrDoesNotSuitTheAlgorithmFailsWithoutAFault() throws Exception {
    DetachedJws jws = DetachedJws.parse(Vectors.text("9.4.signatureRfc"), RS256);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    assertThat(jws.verify(JDK, generator.generateKeyPair().getPublic(), BODY)).isFalse();
    assertThat(jws.verify(JDK, AlgorithmsTest.elliptic("secp256r1").getPublic(), BODY)).isFalse();
  }

  @Test
  void whatStandsBetweenTheDotsIsReplacedByTheBody() {
    String value = Vectors.text("9.4.signatureRfc").replace("..", ".SWdub3JlZA.");
    assertThat(accepts(value, BODY)).isTrue();
  }

  @Test
  void unknownHeaderMembersAreIgnored() throws Exception {
    String header =
        "{\"typ\":\"JOSE\",\"b64\":true,\"kid\":\"k\",\"x-new\":{\"a\":[1]},\"alg\":\"RS256\"}";
    DetachedJws jws = DetachedJws.parse(signedByHand(header), RS256);
    assertThat(jws.verify(JDK, Vectors.certificate().getPublicKey(), BODY)).isTrue();
    assertThat(jws.certificateText()).isEmpty();
    assertThat(jws.certificateTextHash()).isEmpty();
  }

  @Test
  void theRawTextOfTheCertificateIsKeptForACache() throws Exception {
    DetachedJws sdk = DetachedJws.parse(Vectors.text("9.4.signatureSdk"), RS256);
    DetachedJws rfc = DetachedJws.parse(Vectors.text("9.4.signatureRfc"), RS256);
    assertThat(sdk.certificateText().orElseThrow()).contains("\n").startsWith("LS0tLS1CRUdJTi");
    assertThat(rfc.certificateText()).contains(Vectors.text("9.2.certificate"));
    assertThat(rfc.certificateTextHash().orElseThrow())
        .hasSize(64)
        .isNotEqualTo(sdk.certificateTextHash().orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void aSecondImplementationVerifiesWhatWeSign(ProviderUnderTest provider) throws Exception {
    for (JwsAlgorithm algorithm :
        EnumSet.complementOf(EnumSet.of(JwsAlgorithm.ES256)).toArray(JwsAlgorithm[]::new)) {
      String value =
          JwsSigner.ofServer(
                  provider.algorithms(),
                  algorithm,
                  Vectors.privateKey(),
                  Vectors.certificate(),
                  "sign-1")
              .sign(BODY);
      JWSObject parsed = JWSObject.parse(value, new Payload(BODY));
      assertThat(parsed.verify(new RSASSAVerifier((RSAPublicKey) publicKey())))
          .as(algorithm.name())
          .isTrue();
      JWSHeader header = parsed.getHeader();
      assertThat(header.getX509CertSHA256Thumbprint().toString())
          .isEqualTo(Vectors.text("9.2.thumbprint").replace("=", ""));
      assertThat(header.getKeyID())
          .isEqualTo(
              Base64Url.encode(
                  Algorithms.sha256().digest("sign-1".getBytes(StandardCharsets.UTF_8))));
      assertThat(header.getX509CertChain().get(0).toString())
          .isEqualTo(Vectors.text("9.2.certificate"));
      assertThat(accepts(value, BODY)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void weVerifyWhatASecondImplementationSigns(ProviderUnderTest provider) throws Exception {
    KeyPair p256 = AlgorithmsTest.elliptic("secp256r1");
    for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
      JWSObject object =
          new JWSObject(
              new JWSHeader(com.nimbusds.jose.JWSAlgorithm.parse(algorithm.name())),
              new Payload(BODY));
      boolean elliptic = algorithm == JwsAlgorithm.ES256;
      object.sign(
          elliptic
              ? new ECDSASigner((ECPrivateKey) p256.getPrivate())
              : new RSASSASigner(Vectors.privateKey()));
      DetachedJws jws = DetachedJws.parse(object.serialize(true), Set.of(algorithm));
      assertThat(jws.verify(provider.algorithms(), elliptic ? p256.getPublic() : publicKey(), BODY))
          .as(algorithm.name())
          .isTrue();
    }
  }

  private static java.security.PublicKey publicKey() {
    return Vectors.certificate().getPublicKey();
  }

  private static boolean accepts(String value, byte[] body) {
    try {
      return DetachedJws.parse(value, ALL).verify(JDK, publicKey(), body);
    } catch (MalformedJwsException e) {
      return false;
    }
  }

  private static void refused(String value, Set<JwsAlgorithm> allowed) {
    assertThatExceptionOfType(MalformedJwsException.class)
        .isThrownBy(() -> DetachedJws.parse(value, allowed));
  }

  private static String encoded(String header) {
    return Base64Url.encode(header.getBytes(StandardCharsets.UTF_8));
  }

  private static String signedByHand(String header) throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(Vectors.privateKey());
    signature.update((encoded(header) + "." + Base64Url.encode(BODY)).getBytes("US-ASCII"));
    return encoded(header) + ".." + Base64Url.encode(signature.sign());
  }
}
