package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 24, 31, 33, 64})
  void anAesKeyOfAnotherLengthThan32BytesIsRefused(int length) {
    assertThatThrownBy(() -> Algorithms.ofJdk().opening(new byte[length], new byte[16]))
        .isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void anRsaKeyBelow2048BitsNeitherSignsNorVerifiesNorUnwraps() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair weak = generator.generateKeyPair();
    Algorithms algorithms = Algorithms.ofJdk();
    assertThatThrownBy(() -> algorithms.signing(JwsAlgorithm.RS256, weak.getPrivate()))
        .isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> algorithms.verifying(JwsAlgorithm.PS256, weak.getPublic()))
        .isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> algorithms.wrapping(weak.getPublic()))
        .isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> algorithms.unwrapping(weak.getPrivate()))
        .isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void es256TakesKeysOnP256Only() throws Exception {
    KeyPair p384 = elliptic("secp384r1");
    assertThatThrownBy(() -> Algorithms.ofJdk().verifying(JwsAlgorithm.ES256, p384.getPublic()))
        .isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() ->
            Algorithms.ofJdk().verifying(JwsAlgorithm.ES256, Vectors.certificate().getPublicKey()))
        .isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() ->
            Algorithms.ofJdk().verifying(JwsAlgorithm.RS256, elliptic("secp256r1").getPublic()))
        .isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void theChosenProviderIsReallyUsedForEveryPurpose() throws Exception {
    Algorithms corretto = ProviderUnderTest.CORRETTO.algorithms();
    String name = corretto.providerName();
    assertThat(name).isNotEqualTo("JDK");
    assertThat(corretto.opening(new byte[32], new byte[16]).getProvider().getName())
        .isEqualTo(name);
    assertThat(corretto.unwrapping(Vectors.privateKey()).getProvider().getName()).isEqualTo(name);
    for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
      KeyPair keys =
          algorithm == JwsAlgorithm.ES256
              ? elliptic("secp256r1")
              : new KeyPair(Vectors.certificate().getPublicKey(), Vectors.privateKey());
      assertThat(corretto.verifying(algorithm, keys.getPublic()).getProvider().getName())
          .as(algorithm.name())
          .isEqualTo(name);
    }
  }

  @Test
  void aKeyMadeReadyIsOfTheProviderAndOpensAndSignsAsBefore() throws Exception {
    Algorithms corretto = ProviderUnderTest.CORRETTO.algorithms();
    PrivateKey ready = corretto.ready(Vectors.privateKey());
    assertThat(ready.getClass().getName()).contains("corretto");
    assertThat(ready.getEncoded()).isEqualTo(Vectors.privateKey().getEncoded());
    byte[] secret = new byte[32];
    secret[0] = 1;
    byte[] sealed = corretto.wrapping(Vectors.certificate().getPublicKey()).doFinal(secret);
    assertThat(corretto.unwrapping(ready).doFinal(sealed)).isEqualTo(secret);
    Signature signature = corretto.signing(JwsAlgorithm.RS256, ready);
    signature.update(secret);
    assertThat(
            Algorithms.ofJdk()
                .verifies(
                    JwsAlgorithm.RS256,
                    Vectors.certificate().getPublicKey(),
                    signature.sign(),
                    secret))
        .isTrue();
  }

  @Test
  void aKeyThatTheProviderCannotTakeStaysAsItIs() throws Exception {
    PrivateKey key = Vectors.privateKey();
    assertThat(Algorithms.ofJdk().ready(key)).isSameAs(key);
    assertThat(
            Algorithms.of(
                    new Provider("Bare", "1", "") {
                      private static final long serialVersionUID = 1L;
                    })
                .ready(key))
        .isSameAs(key);
  }

  @Test
  void aProviderThatOffersNothingLeavesTheWorkToTheJdk() throws Exception {
    Provider bare =
        new Provider("Bare", "1", "offers nothing") {
          private static final long serialVersionUID = 1L;
        };
    Algorithms algorithms = Algorithms.of(bare);
    assertThat(algorithms.unwrapping(Vectors.privateKey()).getProvider().getName())
        .isEqualTo("SunJCE");
    assertThat(algorithms.signing(JwsAlgorithm.RS256, Vectors.privateKey()).getProvider())
        .isNotEqualTo(bare);
  }

  @ParameterizedTest
  @EnumSource(JwsAlgorithm.class)
  void everyAlgorithmIsFoundByItsExactNameOnly(JwsAlgorithm algorithm) {
    assertThat(JwsAlgorithm.named(algorithm.name())).contains(algorithm);
    assertThat(JwsAlgorithm.named(algorithm.name().toLowerCase(java.util.Locale.ROOT))).isEmpty();
  }

  static KeyPair elliptic(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }
}
