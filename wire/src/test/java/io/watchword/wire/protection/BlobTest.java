package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract ida 3.1. */
class BlobTest {

  private static final byte[] PLAIN = "the word of the day".getBytes();

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void aBlobWithAnyOneBitFlippedIsRefused(ProviderUnderTest provider) {
    Blob blob = new Blob(provider.algorithms(), new SecureRandom());
    byte[] key = blob.newKey();
    byte[] sealed = blob.seal(key, PLAIN);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refuses(blob, key, flipped);
    }
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void aBlobWithAnythingCutOffOrAddedIsRefused(ProviderUnderTest provider) {
    Blob blob = new Blob(provider.algorithms(), new SecureRandom());
    byte[] key = blob.newKey();
    byte[] sealed = blob.seal(key, PLAIN);
    for (int length = 0; length < sealed.length; length++) {
      refuses(blob, key, Arrays.copyOf(sealed, length));
      refuses(blob, key, Arrays.copyOfRange(sealed, sealed.length - length, sealed.length));
    }
    refuses(blob, key, Arrays.copyOf(sealed, sealed.length + 1));
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void aKeyThatIsWrongOrOfAnotherLengthIsRefusedAlike(ProviderUnderTest provider) {
    Blob blob = new Blob(provider.algorithms(), new SecureRandom());
    byte[] key = blob.newKey();
    byte[] sealed = blob.seal(key, PLAIN);
    refuses(blob, blob.newKey(), sealed);
    for (int length : new int[] {0, 16, 24, 31, 33}) {
      refuses(blob, Arrays.copyOf(key, length), sealed);
    }
  }

  @Test
  void sealingUnderAKeyOfAnotherLengthIsAMistakeOfTheCaller() {
    Blob blob = new Blob(Algorithms.ofJdk(), new SecureRandom());
    assertThatThrownBy(() -> blob.seal(new byte[16], PLAIN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRefusalTellsNothing() {
    UndecryptableException e = new UndecryptableException();
    assertThat(e).hasNoCause().hasMessage("cannot be decrypted");
    assertThat(e.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void everyLengthComesBackAndHasTheLayoutOfTheContract(ProviderUnderTest provider)
      throws Exception {
    Blob blob = new Blob(provider.algorithms(), new SecureRandom());
    Random random = new Random(42);
    Set<String> ivs = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      byte[] plain = new byte[i < 64 ? i : random.nextInt(5_000)];
      random.nextBytes(plain);
      byte[] key = blob.newKey();
      byte[] sealed = blob.seal(key, plain);
      assertThat(sealed).hasSize(plain.length + 32);
      assertThat(blob.open(key, sealed)).isEqualTo(plain);
      ivs.add(Arrays.toString(Arrays.copyOfRange(sealed, plain.length + 16, sealed.length)));
    }
    assertThat(ivs).hasSize(500);
  }

  @Test
  void oneProviderOpensWhatTheOtherSealed() throws Exception {
    Blob jdk = new Blob(Algorithms.ofJdk(), new SecureRandom());
    Blob corretto = new Blob(ProviderUnderTest.CORRETTO.algorithms(), new SecureRandom());
    byte[] key = jdk.newKey();
    assertThat(corretto.open(key, jdk.seal(key, PLAIN))).isEqualTo(PLAIN);
    assertThat(jdk.open(key, corretto.seal(key, PLAIN))).isEqualTo(PLAIN);
  }

  private static void refuses(Blob blob, byte[] key, byte[] bytes) {
    assertThatExceptionOfType(UndecryptableException.class).isThrownBy(() -> blob.open(key, bytes));
  }
}
