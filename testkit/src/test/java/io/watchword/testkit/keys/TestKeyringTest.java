package io.watchword.testkit.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.keys.Keyring.Purpose;
import io.watchword.core.keys.Mac;
import io.watchword.core.keys.Sealer;
import org.junit.jupiter.api.Test;

class TestKeyringTest {

  private static final byte[] AB = "ab".getBytes(UTF_8);
  private static final byte[] C = "c".getBytes(UTF_8);
  private static final byte[] A = "a".getBytes(UTF_8);
  private static final byte[] BC = "bc".getBytes(UTF_8);

  private final TestKeyring keyring = new TestKeyring();

  @Test
  void partsThatOnlyConcatenateToTheSameBytesDoNotVerify() {
    Mac mac = keyring.mac(Purpose.CODE, AB, C);
    assertThat(keyring.verify(Purpose.CODE, mac, A, BC)).isFalse();
    assertThat(keyring.verify(Purpose.AUDIT, mac, AB, C)).isFalse();
    assertThat(keyring.verify(Purpose.CODE, mac, AB, C)).isTrue();
  }

  @Test
  void aHashOfAnUnknownKeyVersionIsPlainlyFalse() {
    Mac mac = keyring.mac(Purpose.CODE, AB);
    assertThat(keyring.verify(Purpose.CODE, new Mac(2, mac.value()), AB)).isFalse();
    assertThat(keyring.verify(Purpose.CODE, new Mac(0, mac.value()), AB)).isFalse();
  }

  @Test
  void afterARotationOldHashesStillVerifyAndPseudonymsStayTheSame() {
    TestKeyring rotated = keyring.rotated();
    Mac old = keyring.mac(Purpose.CODE, AB);
    assertThat(rotated.mac(Purpose.CODE, AB)).isNotEqualTo(old);
    assertThat(rotated.verify(Purpose.CODE, old, AB)).isTrue();
    assertThat(keyring.verify(Purpose.CODE, rotated.mac(Purpose.CODE, AB), AB)).isFalse();
    assertThat(rotated.mac(Purpose.PSEUDONYM, AB)).isEqualTo(keyring.mac(Purpose.PSEUDONYM, AB));
    assertThat(rotated.lookup("UIN", "1")).isEqualTo(keyring.lookup("UIN", "1"));
  }

  @Test
  void lookupKeysOfDifferentKindsDiffer() {
    assertThat(keyring.lookup("UIN", "2047631038"))
        .isNotEqualTo(keyring.lookup("VID", "2047631038"))
        .matches("[0-9a-f]{64}");
  }

  @Test
  void sealedBytesDoNotOpenWhenAlteredMovedOrCutShort() {
    Sealer sealer = keyring.sealer();
    byte[] sealed = sealer.seal(AB, "people/1");
    assertThatThrownBy(() -> sealer.open(sealed, "people/2"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("people/2");
    byte[] altered = sealed.clone();
    altered[altered.length - 1] ^= 1;
    assertThatThrownBy(() -> sealer.open(altered, "people/1"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sealer.open(new byte[3], "people/1"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(sealer.open(sealed, "people/1")).isEqualTo(AB);
    assertThat(keyring.rotated().sealer().open(sealed, "people/1")).isEqualTo(AB);
  }

  @Test
  void theSamePlainBytesAreSealedDifferentlyEachTime() {
    Sealer sealer = keyring.sealer();
    assertThat(sealer.seal(AB, "people/1")).isNotEqualTo(sealer.seal(AB, "people/1"));
  }
}
