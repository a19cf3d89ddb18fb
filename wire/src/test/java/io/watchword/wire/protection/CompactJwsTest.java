package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract ida 4.4; RFC 7515, section 3.1. Signed by a second implementation. */
class CompactJwsTest {

  private static final Set<JwsAlgorithm> ALL = EnumSet.allOf(JwsAlgorithm.class);
  private static final Set<JwsAlgorithm> RS256 = Set.of(JwsAlgorithm.RS256);
  private static final byte[] PAYLOAD = "{\"bioType\":\"Iris\"}".getBytes(StandardCharsets.UTF_8);
  private static final Algorithms JDK = Algorithms.ofJdk();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b",
        "a.b.c.d",
        "e30.AAAA.AAAA", // {}
        "W10.AAAA.AAAA", // []
        "not json.AAAA.AAAA",
        "eyJhbGciOiJub25lIn0.AAAA.AAAA", // none
        "eyJhbGciOiJub25lIn0.AAAA.",
        "eyJhbGciOiJIUzI1NiJ9.AAAA.AAAA" // HS256
      })
  void aValueThatIsNoCompactJwsOfAnAllowedAlgorithmIsRefused(String value) {
    refused(value, ALL);
  }

  @Test
  void withoutPayloadOrSignatureItIsRefused() {
    String[] parts = signed().split("\\.", -1);
    refused(parts[0] + ".." + parts[2], RS256);
    refused(parts[0] + "." + parts[1] + ".", RS256);
    refused("." + parts[1] + "." + parts[2], RS256);
  }

  @Test
  void paddingAndOtherAlphabetsAreRefusedInEveryPart() {
    String[] parts = signed().split("\\.", -1);
    for (int i = 0; i < 3; i++) {
      for (String bad : new String[] {"=", "==", "+", "/", " ", "\n"}) {
        String[] bent = parts.clone();
        bent[i] = parts[i] + bad;
        refused(String.join(".", bent), RS256);
      }
    }
  }

  @Test
  void anAlgorithmOutsideTheAllowListIsRefused() {
    refused(signed(), Set.of(JwsAlgorithm.PS256));
    refused(signed(), Set.of());
  }

  @Test
  void aHeaderOrSignatureThatIsTooLongIsNotLookedAt() {
    String[] parts = signed().split("\\.", -1);
    refused("A".repeat(ProtectedHeader.MAX_CHARACTERS + 1) + "." + parts[1] + ".AAAA", RS256);
    refused(parts[0] + "." + parts[1] + "." + "A".repeat(4096), RS256);
  }

  @Test
  void anyCharacterChangedMakesItFail() throws Exception {
    String value = signed();
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      int index = random.nextInt(value.length());
      if (value.charAt(index) == '.') {
        continue;
      }
      char other = value.charAt(index) == 'A' ? 'B' : 'A';
      String changed = value.substring(0, index) + other + value.substring(index + 1);
      assertThat(accepts(changed)).as("character %d", index).isFalse();
    }
  }

  @Test
  void theSignatureOfAnotherPayloadFails() {
    String[] parts = signed().split("\\.", -1);
    String other = Base64Url.encode("{\"bioType\":\"Face\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(accepts(parts[0] + "." + other + "." + parts[2])).isFalse();
  }

  @Test
  void theKeyOfAnotherFailsWithoutAFault() throws Exception {
    CompactJws jws = CompactJws.parse(signed(), RS256);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    assertThat(jws.verify(JDK, generator.generateKeyPair().getPublic())).isFalse();
    assertThat(jws.verify(JDK, AlgorithmsTest.elliptic("secp256r1").getPublic())).isFalse();
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void whatASecondImplementationSignsVerifiesAndGivesItsPayload(ProviderUnderTest provider)
      throws Exception {
    CompactJws jws = CompactJws.parse(signed(), RS256);
    assertThat(jws.verify(provider.algorithms(), Vectors.certificate().getPublicKey())).isTrue();
    assertThat(jws.payload()).isEqualTo(PAYLOAD);
    assertThat(jws.certificateText()).contains(Vectors.text("9.2.certificate"));
  }

  @Test
  void aPayloadAboveSixteenKibibytesIsRead() throws Exception {
    byte[] image = new byte[100_000];
    new Random(1).nextBytes(image);
    CompactJws jws = CompactJws.parse(signed(image), RS256);
    assertThat(jws.verify(JDK, Vectors.certificate().getPublicKey())).isTrue();
    assertThat(jws.payload()).isEqualTo(image);
  }

  private static boolean accepts(String value) {
    try {
      return CompactJws.parse(value, ALL).verify(JDK, Vectors.certificate().getPublicKey());
    } catch (MalformedJwsException e) {
      return false;
    }
  }

  private static void refused(String value, Set<JwsAlgorithm> allowed) {
    assertThatExceptionOfType(MalformedJwsException.class)
        .isThrownBy(() -> CompactJws.parse(value, allowed));
  }

  private static String signed() {
    return signed(PAYLOAD);
  }

  private static String signed(byte[] payload) {
    try {
      var object =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .x509CertChain(List.of(Base64.encode(Vectors.certificate().getEncoded())))
                  .build(),
              new Payload(payload));
      object.sign(new RSASSASigner(Vectors.privateKey()));
      return object.serialize();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
