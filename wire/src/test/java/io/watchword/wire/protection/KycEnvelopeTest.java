package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.watchword.wire.protection.KycEnvelope.SealedIdentity;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract ida 3.6. */
class KycEnvelopeTest {

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void anIdentityThatIsAlteredOrForAnotherKeyIsRefused(ProviderUnderTest provider)
      throws Exception {
    KycEnvelope envelope = new KycEnvelope(provider.algorithms(), new SecureRandom());
    SealedIdentity sealed = envelope.seal(Vectors.bytes("9.3.plain"), Vectors.certificate());
    byte[] blob = Base64Url.decode(sealed.identity());
    for (int i = 0; i < blob.length; i++) {
      byte[] flipped = blob.clone();
      flipped[i] ^= 0x20;
      refuses(envelope, Base64Url.encode(flipped), sealed.sessionKey());
    }
    refuses(envelope, sealed.identity() + "\n", sealed.sessionKey());
    refuses(envelope, sealed.identity(), " " + sealed.sessionKey());
    refuses(envelope, "", sealed.sessionKey());
    refuses(envelope, sealed.identity(), "");
    refuses(envelope, sealed.identity(), sealed.identity());

    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair stranger = generator.generateKeyPair();
    assertThatExceptionOfType(UndecryptableException.class)
        .isThrownBy(
            () -> envelope.open(sealed.identity(), sealed.sessionKey(), stranger.getPrivate()));
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void whateverIsSealedOpensWithAndWithoutPadding(ProviderUnderTest provider) throws Exception {
    KycEnvelope envelope = new KycEnvelope(provider.algorithms(), new SecureRandom());
    Random random = new Random(12);
    for (int i = 0; i < 40; i++) {
      byte[] plain = new byte[random.nextInt(3_000)];
      random.nextBytes(plain);
      SealedIdentity sealed = envelope.seal(plain, Vectors.certificate());
      assertThat(sealed.thumbprint()).isEqualTo(Vectors.text("9.2.thumbprintHex"));
      assertThat(envelope.open(sealed.identity(), sealed.sessionKey(), Vectors.privateKey()))
          .isEqualTo(plain);
      assertThat(
              envelope.open(
                  padded(sealed.identity()), padded(sealed.sessionKey()), Vectors.privateKey()))
          .isEqualTo(plain);
    }
  }

  private static String padded(String text) {
    return text + "=".repeat((4 - text.length() % 4) % 4);
  }

  private static void refuses(KycEnvelope envelope, String identity, String sessionKey) {
    assertThatExceptionOfType(UndecryptableException.class)
        .isThrownBy(() -> envelope.open(identity, sessionKey, Vectors.privateKey()));
  }
}
