package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.wire.protection.DecryptionKeys.Answer;
import io.watchword.wire.protection.Opening.Fault;
import io.watchword.wire.protection.Opening.Opened;
import io.watchword.wire.protection.Opening.Refused;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract ida 4.4, row {@code bioValue}, and the vector of 9.5. */
class SampleEnvelopeTest {

  private static final String TIME = "2025-01-16T11:02:15Z";
  private static final String TRANSACTION = "1234567890";
  private static final HexFormat HEX = HexFormat.of();

  // The vector's own values, so that nothing of the derivation under test is used to seal.
  private static final byte[] IV = HEX.parseHex("31366503020e05040d090c6a");
  private static final byte[] AAD = HEX.parseHex("2d30312d31366503020e05040d090c6a");

  private static final byte[] SAMPLE = "FIR 020 image".getBytes(StandardCharsets.UTF_8);

  private static final DecryptionKeys KEYS =
      thumbprint ->
          thumbprint.equals(Thumbprint.of(Vectors.certificate()))
              ? new Answer.Found(Vectors.privateKey())
              : new Answer.Unknown();

  @Test
  void aMemberThatIsNotBase64UrlIsRefused() throws Exception {
    for (String bad : new String[] {"a+bc", "a/bc", "a bc", "abcd\n", "a"}) {
      assertFault(sample(bad, sessionKey(), TIME, TRANSACTION), Fault.DECODING);
      assertFault(sample(value(IV, AAD), bad, TIME, TRANSACTION), Fault.DECODING);
    }
  }

  @Test
  void aThumbprintThatIsAbsentUnreadableOrUnknownIsRefusedAlike() throws Exception {
    for (String bad : new String[] {null, "", "zz", "00".repeat(32)}) {
      assertFault(
          new SealedSample(value(IV, AAD), sessionKey(), bad, TIME, TRANSACTION),
          Fault.UNKNOWN_KEY);
    }
  }

  @Test
  void anExpiredKeyIsToldApart() throws Exception {
    assertThat(
            new SampleEnvelope(Algorithms.ofJdk(), new SecureRandom())
                .open(
                    sample(value(IV, AAD), sessionKey(), TIME, TRANSACTION),
                    thumbprint -> new Answer.Expired()))
        .isEqualTo(new Refused(Fault.EXPIRED_KEY));
  }

  @Test
  void anotherTimeOrTransactionThanTheDevicesDoesNotDecrypt() throws Exception {
    String value = value(IV, AAD);
    assertFault(
        sample(value, sessionKey(), "2025-01-16T11:02:16Z", TRANSACTION), Fault.UNDECRYPTABLE);
    assertFault(sample(value, sessionKey(), TIME, "1234567891"), Fault.UNDECRYPTABLE);
    assertFault(sample(value, sessionKey(), TIME, null), Fault.UNDECRYPTABLE);
  }

  @Test
  void additionalDataIsPartOfIt() throws Exception {
    byte[] other = AAD.clone();
    other[0] ^= 1;
    assertFault(sample(value(IV, other), sessionKey(), TIME, TRANSACTION), Fault.UNDECRYPTABLE);
    assertFault(
        sample(value(IV, new byte[0]), sessionKey(), TIME, TRANSACTION), Fault.UNDECRYPTABLE);
  }

  @Test
  void alteredOrShortValuesAndWrongKeysDoNotDecrypt() throws Exception {
    byte[] value = Base64Url.decode(value(IV, AAD));
    value[0] ^= 1;
    assertFault(
        sample(Base64Url.encode(value), sessionKey(), TIME, TRANSACTION), Fault.UNDECRYPTABLE);
    assertFault(
        sample(Base64Url.encode(new byte[15]), sessionKey(), TIME, TRANSACTION),
        Fault.UNDECRYPTABLE);
    assertFault(sample("", sessionKey(), TIME, TRANSACTION), Fault.UNDECRYPTABLE);
    assertFault(
        sample(value(IV, AAD), Base64Url.encode(new byte[256]), TIME, TRANSACTION),
        Fault.UNDECRYPTABLE);
    assertFault(sample(value(IV, AAD), "", TIME, TRANSACTION), Fault.UNDECRYPTABLE);
  }

  @Test
  void textsTooShortToDeriveANonceAreRefused() throws Exception {
    assertFault(
        sample(value(IV, AAD), sessionKey(), "2025", "123456789012345"), Fault.UNDECRYPTABLE);
    assertFault(sample(value(IV, AAD), sessionKey(), "", null), Fault.UNDECRYPTABLE);
  }

  @Test
  void theVectorsNonceComesOutWhicheverTextIsLonger() {
    byte[] mask = SampleEnvelope.mask(TIME, TRANSACTION);
    assertThat(SampleEnvelope.last(mask, 12)).isEqualTo(IV);
    assertThat(SampleEnvelope.last(mask, 16)).isEqualTo(AAD);
    assertThat(SampleEnvelope.mask(TRANSACTION, TIME)).isEqualTo(mask);
    assertThat(SampleEnvelope.mask("ab", "")).isEqualTo(new byte[] {'a', 'b'});
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void aSampleSealedUnderTheVectorsNonceOpens(ProviderUnderTest provider) throws Exception {
    assertThat(open(provider, sample(value(IV, AAD), sessionKey(), TIME, TRANSACTION)))
        .isInstanceOfSatisfying(
            Opened.class, opened -> assertThat(opened.plain()).isEqualTo(SAMPLE));
  }

  private static SealedSample sample(
      String value, String sessionKey, String time, String transaction) {
    return new SealedSample(value, sessionKey, Vectors.text("9.2.thumbprint"), time, transaction);
  }

  private static void assertFault(SealedSample sample, Fault fault) {
    assertThat(open(ProviderUnderTest.JDK, sample)).isEqualTo(new Refused(fault));
  }

  private static Opening open(ProviderUnderTest provider, SealedSample sample) {
    return new SampleEnvelope(provider.algorithms(), new SecureRandom()).open(sample, KEYS);
  }

  private static String value(byte[] iv, byte[] additional) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(Vectors.AES_KEY, "AES"),
        new GCMParameterSpec(128, iv));
    cipher.updateAAD(additional);
    return Base64Url.encode(cipher.doFinal(SAMPLE));
  }

  private static String sessionKey() {
    return Vectors.text("9.2.requestSessionKey");
  }
}
