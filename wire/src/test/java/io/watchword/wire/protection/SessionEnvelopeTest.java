package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.wire.protection.DecryptionKeys.Answer;
import io.watchword.wire.protection.Opening.Absent;
import io.watchword.wire.protection.Opening.Fault;
import io.watchword.wire.protection.Opening.Opened;
import io.watchword.wire.protection.Opening.Refused;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract ida 3.2, the server's steps, and the rows of 2.8 that they touch. */
class SessionEnvelopeTest {

  private static final DecryptionKeys KEYS =
      thumbprint ->
          thumbprint.equals(Thumbprint.of(Vectors.certificate()))
              ? new Answer.Found(Vectors.privateKey())
              : new Answer.Unknown();

  private final SealedRequest good =
      new SealedRequest(
          Vectors.text("9.1.request"),
          Vectors.text("9.1.requestHMAC"),
          Vectors.text("9.2.requestSessionKey"),
          Vectors.text("9.2.thumbprint"));

  @Test
  void aMemberThatIsNotBase64UrlIsRefusedBeforeAnythingElse() {
    for (String bad : new String[] {"a+bc", "a/bc", "a bc", "abcd\n", "a", "ab=c"}) {
      assertFault(with(bad, null, null, null), Fault.DECODING);
      assertFault(
          with(good.request(), bad, good.requestSessionKey(), good.thumbprint()), Fault.DECODING);
      assertFault(with(good.request(), good.requestHmac(), bad, "?"), Fault.DECODING);
    }
  }

  @Test
  void missingMembersAreNamedInTheOrderOfTheContract() {
    assertFault(with("", null, null, null), Fault.MISSING_REQUEST);
    assertFault(with(good.request(), null, null, null), Fault.MISSING_HMAC);
    assertFault(with(good.request(), good.requestHmac(), null, null), Fault.MISSING_SESSION_KEY);
    assertFault(
        with(good.request(), good.requestHmac(), good.requestSessionKey(), null),
        Fault.MISSING_THUMBPRINT);
  }

  @Test
  void aThumbprintThatIsUnreadableOrUnknownIsRefusedAlike() {
    for (String bad : new String[] {"", "zz", "a+", "AAAA", "00".repeat(32)}) {
      assertFault(
          with(good.request(), good.requestHmac(), good.requestSessionKey(), bad),
          Fault.UNKNOWN_KEY);
    }
  }

  @Test
  void anExpiredKeyIsToldApart() {
    assertThat(open(ProviderUnderTest.JDK, good, thumbprint -> new Answer.Expired()))
        .isEqualTo(new Refused(Fault.EXPIRED_KEY));
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void everyFaultOfDecryptionHasOneAnswer(ProviderUnderTest provider) throws Exception {
    byte[] key = Vectors.AES_KEY;
    String[] sessionKeys = {
      "", // empty
      Base64Url.encode(new byte[256]), // zero
      Base64Url.encode(filled(256, (byte) 0xff)), // above the modulus
      Base64Url.encode(new byte[255]), // too short
      Base64Url.encode(new byte[257]), // too long
      flipped(Vectors.text("9.2.requestSessionKey"), 17), // bad padding
      wrapped(new byte[16], "SHA-256", MGF1ParameterSpec.SHA256, new byte[0]), // 128 bits
      wrapped(new byte[0], "SHA-256", MGF1ParameterSpec.SHA256, new byte[0]), // no key
      wrapped(key, "SHA-256", MGF1ParameterSpec.SHA1, new byte[0]), // Java's default MGF1
      wrapped(key, "SHA-1", MGF1ParameterSpec.SHA1, new byte[0]), // the OAEP default
      wrapped(key, "SHA-256", MGF1ParameterSpec.SHA256, new byte[] {1}), // a label
      wrapped(new byte[32], "SHA-256", MGF1ParameterSpec.SHA256, new byte[0]) // another key
    };
    for (String sessionKey : sessionKeys) {
      assertThat(
              open(
                  provider,
                  with(good.request(), good.requestHmac(), sessionKey, good.thumbprint()),
                  KEYS))
          .isEqualTo(new Refused(Fault.UNDECRYPTABLE));
    }
    assertThat(
            open(
                provider,
                with(
                    flipped(good.request(), 3),
                    good.requestHmac(),
                    good.requestSessionKey(),
                    good.thumbprint()),
                KEYS))
        .isEqualTo(new Refused(Fault.UNDECRYPTABLE));
    assertThat(
            open(
                provider,
                with(
                    good.request(),
                    flipped(good.requestHmac(), 3),
                    good.requestSessionKey(),
                    good.thumbprint()),
                KEYS))
        .isEqualTo(new Refused(Fault.UNDECRYPTABLE));
    assertThat(
            open(
                provider,
                with("AAAA", good.requestHmac(), good.requestSessionKey(), good.thumbprint()),
                KEYS))
        .isEqualTo(new Refused(Fault.UNDECRYPTABLE));
  }

  @Test
  void aHashThatIsNotTheRequestsIsAMismatchEvenInLowerCase() {
    Blob blob = new Blob(Algorithms.ofJdk(), new SecureRandom());
    String right = Vectors.text("9.1.sha256");
    String[] claims = {
      right.toLowerCase(java.util.Locale.ROOT),
      right + " ",
      right.substring(1),
      "",
      "0".repeat(64),
      HexFormat.of().withUpperCase().formatHex(Algorithms.sha256().digest(new byte[0]))
    };
    for (String claim : claims) {
      String hmac =
          Base64Url.encode(blob.seal(Vectors.AES_KEY, claim.getBytes(StandardCharsets.US_ASCII)));
      assertFault(
          with(good.request(), hmac, good.requestSessionKey(), good.thumbprint()),
          Fault.HASH_MISMATCH);
    }
  }

  @Test
  void aPrivateKeyOfOursThatCannotDecryptIsNotBlamedOnTheSender() throws Exception {
    DecryptionKeys unsuitable = thumbprint -> new Answer.Found(elliptic().getPrivate());
    assertThatThrownBy(() -> open(ProviderUnderTest.JDK, good, unsuitable))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noRequestMeansNothingToOpenWhateverElseIsThere() {
    assertThat(open(ProviderUnderTest.JDK, with(null, "+", "+", "+"), KEYS))
        .isEqualTo(new Absent());
  }

  @Test
  void sealingToACertificateWithoutAnRsaKeyFails() throws Exception {
    assertThatThrownBy(() -> Algorithms.ofJdk().wrapping(elliptic().getPublic()))
        .isInstanceOf(InvalidKeyException.class);
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void whateverIsSealedOpensToTheSameBytes(ProviderUnderTest provider) throws Exception {
    SessionEnvelope envelope = new SessionEnvelope(provider.algorithms(), new SecureRandom());
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      byte[] plain = new byte[random.nextInt(4_000)];
      random.nextBytes(plain);
      SealedRequest sealed = envelope.seal(plain, Vectors.certificate());
      assertThat(sealed.requestHmac()).hasSize(128);
      Opening opening = envelope.open(sealed, KEYS);
      assertThat(opening).isInstanceOf(Opened.class);
      assertThat(((Opened) opening).plain()).isEqualTo(plain);
    }
  }

  private static KeyPair elliptic() {
    try {
      return AlgorithmsTest.elliptic("secp256r1");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertFault(SealedRequest sealed, Fault fault) {
    assertThat(open(ProviderUnderTest.JDK, sealed, KEYS)).isEqualTo(new Refused(fault));
  }

  private static Opening open(
      ProviderUnderTest provider, SealedRequest sealed, DecryptionKeys keys) {
    return new SessionEnvelope(provider.algorithms(), new SecureRandom()).open(sealed, keys);
  }

  private static SealedRequest with(
      String request, String hmac, String sessionKey, String thumbprint) {
    return new SealedRequest(request, hmac, sessionKey, thumbprint);
  }

  private static String flipped(String text, int index) {
    byte[] bytes = Base64Url.decode(text);
    bytes[index] ^= 1;
    return Base64Url.encode(bytes);
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, value);
    return bytes;
  }

  private static String wrapped(byte[] key, String hash, MGF1ParameterSpec mgf, byte[] label)
      throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        Vectors.certificate().getPublicKey(),
        new OAEPParameterSpec(hash, "MGF1", mgf, new PSource.PSpecified(label)));
    return Base64Url.encode(cipher.doFinal(key));
  }
}
