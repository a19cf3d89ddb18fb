package io.watchword.wire.mobile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.wire.mobile.ScannedCode.Fixed;
import io.watchword.wire.mobile.ScannedCode.Frame;
import io.watchword.wire.protection.Base64Url;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of contract mobile 3.11, and the wrong inputs of 3.1 to 3.4 and 3.13. */
class MobileVectorsTest {

  private static final String TRANSACTION = "3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b";
  private static final UUID LOGIN = UUID.fromString(TRANSACTION);
  private static final String SERVER = "https://login.example.com";
  private static final String DEVICE = "05ED8E51CB1EFAA2";
  private static final String PROFILE = "W8DUJ2";
  private static final String ORIGIN = "https://shop.example.com";
  private static final String TYPE = "qr-code";
  private static final long EXPIRES = 1_767_225_720;
  private static final String MESSAGE =
      "Log in to Example Shop?\nSpend: 10 \u20ac \u2013 caf\u00e9";
  private static final String MESSAGE_HASH = "k2awA2tvnTITwtoSuaxjT1GmgkkMmV7D8DOphZEC4O4";
  private static final String CHALLENGE = Base64Url.encode(bytes(0x40, 32));
  private static final String NONCE = Base64Url.encode(bytes(0x60, 16));

  private static final String X = "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y";
  private static final String Y = "eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk";
  private static final String KEY = "DOvxvJiAdIqVWIkFt5hDtCunXLF0BV4-JGv4f-ALSm0";
  private static final String SERVER_KEY = "mGwClkkVUH34zBHH_9hCGuzIbZPIupuRy71Xjeii2E0";
  private static final DeviceKey DEVICE_KEY = DeviceKey.of(X, Y).orElseThrow();
  private static final DeviceKey SERVERS_KEY =
      DeviceKey.of(
              "ecE_kzPuTaUlZM71bGw0AYHPuL8Ty6oyIXTz-9HOSFU",
              "Hd9JqqZ6Tqvf9sENYMCZbz9SIB9QTUOKLdqS4gZNh2g")
          .orElseThrow();

  private static final String F1 =
      "eyJ0cmFuc2FjdGlvbl9pZCI6IjNmMmI4YzFlLTVkNDctNGE5MC05ZTZiLTBjMWQyZTNmNGE1YiIsIm90cCI6"
          + "IkFBRUNBd1FGQmdjSUNRb0xEQTBPRHc9PSJ9";
  private static final String F2 = "AT8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P";

  private static final SignedText ENROLL =
      new SignedText.Enroll(
          SERVER,
          "7c9e6679-7425-40de-944b-e07fc1f90ae7",
          "exampleapp",
          PROFILE,
          DEVICE,
          KEY,
          CHALLENGE);
  private static final SignedText CLAIM =
      new SignedText.Claim(
          SERVER, TRANSACTION, DEVICE, KEY, PROFILE, SignedText.hash(F2), "camera", NONCE);
  private static final SignedText ASKED =
      new SignedText.Challenge(
          SERVER,
          TRANSACTION,
          DEVICE,
          KEY,
          PROFILE,
          NONCE,
          CHALLENGE,
          TYPE,
          ORIGIN,
          MESSAGE_HASH,
          "choose",
          List.of("17", "42", "83"),
          EXPIRES);
  private static final SignedText ACCEPT = answer("accept", "42", null);
  private static final SignedText DENY = answer("deny", null, "not_me");

  private static final String ENROLL_SIGNATURE =
      "gP-FSIkJkDd0iO6UBEZTqi5WAT8rabfCxdwfWVt51apMVAM1iKw_AEySN14h_L8fySsMgLxs43a7UihtwOekZg";
  private static final String CLAIM_SIGNATURE =
      "cVwEzkxCcaeCjPLwBtpjWcXsHwZFOc6vKfRaLTIyMWVYCGakNUuUuDKw7PdrJJcaKEhB6bVQg6gRKWOSM0K1NA";
  private static final String ASKED_SIGNATURE =
      "hvYzeeYP7leXqNDZWUmcXilYVPRiJ4sb_r5okoBI6M5pDSTQbDUeZgWHPftGXDKSnHv8zJe7aAe4nbshu1Cj4g";
  private static final String ACCEPT_SIGNATURE =
      "_L8qwA6EE0KJ7X4-6E35IxdLtFYt8099_B2fXKXg7EIgH9OAmTuxy7y90VluOs2cuCzQbtMw_jq2Lv70XNsQPQ";
  private static final String DENY_SIGNATURE =
      "wiWZ1BwcQ_3bieR-op_wbUsywcbLt9jOKy474XBEAeBSOQyVPDWr_D2XPLAJcuVYIzsfDJ5htmKZGaFQlIvk5g";

  /** A base of the contract with what it must be. */
  record Vector(SignedText base, int length, String sha256, DeviceKey signer, String signature) {}

  private static final List<Vector> VECTORS =
      List.of(
          new Vector(
              ENROLL,
              253,
              "cb8f07c87785b3a782db78d097fcb87fe136842a06d43afc1371472a9611b999",
              DEVICE_KEY,
              ENROLL_SIGNATURE),
          new Vector(
              CLAIM,
              276,
              "8b13f9500c1010b1c82221c891224b6e56b6afc6255ccc816aef5a2235f1b4e6",
              DEVICE_KEY,
              CLAIM_SIGNATURE),
          new Vector(
              ASKED,
              419,
              "3f963e7966f6d747304fa5ed92ab688f9913937be34b766da0b8197bc56e6edd",
              SERVERS_KEY,
              ASKED_SIGNATURE),
          new Vector(
              ACCEPT,
              390,
              "4d50558e7cd25e690789825ad37d54691186cc00dcd5abc8f886756a92556896",
              DEVICE_KEY,
              ACCEPT_SIGNATURE),
          new Vector(
              DENY,
              392,
              "3ee5d1e98de1cc5cdacfebbb9aedee8b50cf1cb6797b01fec7c14cd2b78a536d",
              DEVICE_KEY,
              DENY_SIGNATURE));

  static List<Vector> vectors() {
    return VECTORS;
  }

  private static SignedText answer(
      String decision, @Nullable String number, @Nullable String reason) {
    return new SignedText.Answer(
        SERVER,
        TRANSACTION,
        DEVICE,
        KEY,
        PROFILE,
        CHALLENGE,
        TYPE,
        ORIGIN,
        MESSAGE_HASH,
        decision,
        number,
        reason,
        EXPIRES);
  }

  private static byte[] bytes(int first, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  private static String f1(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
  }

  // Codes.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "=",
        "123456",
        "https://example.com/",
        "https://example.com/#AT8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P",
        "#AT8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P",
        "AT8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4", // a byte short
        "AT8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4PEA", // a byte long
        "AD8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P", // first byte 0
        "Az8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P", // first byte 3
        "AT8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P=", // padding where none belongs
        "AT8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P====",
        "AT8rjB5dR0qQnms MHS4_SlsAAQIDBAUGBwgJCgsMDQ4P",
        "AT8rjB5dR0qQnms\nMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P",
        "AT8rjB5dR0qQnms.MHS4_SlsAAQIDBAUGBwgJCgsMDQ4P",
        "\u00e98rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P0"
      })
  void whatIsNoCodeIsRefused(String text) {
    assertThat(ScannedCode.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{",
        "{\"transaction_id\":\"TX\"}",
        "{\"otp\":\"OTP\"}",
        "{\"transaction_id\":null,\"otp\":\"OTP\"}",
        "{\"transaction_id\":7,\"otp\":\"OTP\"}",
        "{\"transaction_id\":[\"TX\"],\"otp\":\"OTP\"}",
        "{\"transaction_id\":\"TX\",\"otp\":7}",
        "{\"transaction_id\":\"TX\",\"otp\":null}",
        "{\"transaction_id\":\"TX\",\"otp\":{\"otp\":\"OTP\"}}",
        "{\"transaction_id\":\"TX\",\"otp\":\"\"}",
        "{\"transaction_id\":\"TX\",\"otp\":\"AAECAwQFBgcICQoLDA0O\"}",
        "{\"transaction_id\":\"TX\",\"otp\":\"AAECAwQFBgcICQoLDA0ODxA=\"}",
        "{\"transaction_id\":\"TX\",\"otp\":\"no base64!\"}",
        "{\"transaction_id\":\"\",\"otp\":\"OTP\"}",
        "{\"transaction_id\":\"1-1-1-1-1\",\"otp\":\"OTP\"}",
        "{\"transaction_id\":\"TX\\n\",\"otp\":\"OTP\"}",
        "{\"transaction_id\":\"TX\",\"transaction_id\":\"TX\",\"otp\":\"OTP\"}",
        "{\"transaction_id\":\"TX\",\"otp\":\"OTP\",\"otp\":\"OTP\"}",
        "{\"transaction_id\":\"TX\",\"otp\":\"OTP\",\"a\":1,\"a\":1}",
        "{\"transaction_id\":\"TX\",\"otp\":\"OTP\"}x",
        "{\"transaction_id\":\"TX\",\"otp\":\"OTP\"}{}",
        "{\"transaction_id\":\"TX\",\"otp\":\"OTP\"",
        "[{\"transaction_id\":\"TX\",\"otp\":\"OTP\"}]",
        " {\"transaction_id\":\"TX\",\"otp\":\"OTP\"}",
        "{'transaction_id':'TX','otp':'OTP'}"
      })
  void jsonWithoutExactlyTheTwoTextsIsRefused(String json) {
    String text = json.replace("TX", TRANSACTION).replace("OTP", "AAECAwQFBgcICQoLDA0ODw==");
    assertThat(ScannedCode.read(f1(text))).isEmpty();
  }

  @Test
  void jsonOfAnotherEncodingIsRefused() {
    byte[] json = Base64.getDecoder().decode(F1);
    String other = Base64.getEncoder().encodeToString(new String(json, UTF_8).getBytes(UTF_16LE));
    assertThat(ScannedCode.read(other)).isEmpty();
  }

  @Test
  void memberNamesThatAreUnknownAreIgnored() {
    assertFixed(
        f1(
            "{ \"v\":{\"x\":[1]}, \"otp\":\"AAECAwQFBgcICQoLDA0ODw==\","
                + " \"transaction_id\":\"%s\", \"n\":\"\u00e9\" }".formatted(TRANSACTION)));
  }

  @Test
  void fiveHundredAndTwelveCharactersAreReadAndOneMoreIsNot() {
    String json = new String(Base64.getDecoder().decode(F1), UTF_8);
    String start = json.substring(0, json.length() - 1) + ",\"fill\":\"";
    String longest = f1(start + "x".repeat(384 - start.length() - 2) + "\"}");
    assertThat(longest).hasSize(512);
    assertFixed(longest);
    assertThat(ScannedCode.read(longest + " ")).isEmpty();
    assertThat(ScannedCode.read(" " + longest)).isEmpty();
    String padded = f1(start + "x".repeat(383 - start.length() - 2) + "\"}");
    assertThat(padded).hasSize(512).endsWith("=");
    assertFixed(padded);
    String above = f1(start + "x".repeat(385 - start.length() - 2) + "\"}").replace("=", "");
    assertThat(above).hasSize(514);
    assertThat(ScannedCode.read(above)).isEmpty();
    assertThat(ScannedCode.read(F2 + " ".repeat(512 - F2.length()))).isPresent();
    assertThat(ScannedCode.read(F2 + " ".repeat(513 - F2.length()))).isEmpty();
  }

  @Test
  void aStaticCodeIsWrittenAndReadInBothForms() {
    Fixed code = new Fixed(LOGIN, bytes(0, 16));
    assertThat(code.text()).isEqualTo(F1).hasSize(120);
    assertThat(code.shortText()).isEqualTo(F2).hasSize(44);
    assertFixed(F1);
    assertFixed(F2);
    assertFixed("\t " + F1 + "\r\n");
    assertFixed(F2.replace('_', '/').replace('-', '+'));
    assertThat(code).hasToString("Fixed[" + TRANSACTION + "]");
  }

  @Test
  void paddingIsOptional() {
    String json = new String(Base64.getDecoder().decode(F1), UTF_8);
    for (String spaces : List.of("", " ", "  ")) {
      String padded = f1(json + spaces);
      assertFixed(padded);
      assertFixed(padded.replace("=", ""));
    }
  }

  private static void assertFixed(String text) {
    Fixed code = (Fixed) ScannedCode.read(text).orElseThrow();
    assertThat(code.transaction()).isEqualTo(LOGIN);
    assertThat(code.otp()).isEqualTo(bytes(0, 16));
  }

  @ParameterizedTest
  @CsvSource({
    "0, Aj8rjB5dR0qQnmsMHS4_SlsAAAAAGQfHe0OQhlKdBW_D",
    "1, Aj8rjB5dR0qQnmsMHS4_SlsAAAABfeYi613Wh3QfF8mV",
    "59, Aj8rjB5dR0qQnmsMHS4_SlsAAAA7nU9S7S5qyYhAiGwv",
    "4294967295, Aj8rjB5dR0qQnmsMHS4_Slv_____gdjVzQE2ekz4t4uU"
  })
  void aFrameIsWrittenAndRead(long step, String text) {
    byte[] key = bytes(0x20, 32);
    assertThat(Frame.of(key, LOGIN, step).text()).isEqualTo(text).hasSize(44);
    for (String spelling : List.of(text, text.replace('_', '/').replace('-', '+'))) {
      Frame read = (Frame) ScannedCode.read(spelling).orElseThrow();
      assertThat(read.transaction()).isEqualTo(LOGIN);
      assertThat(read.step()).isEqualTo(step);
      assertThat(read.mac()).isEqualTo(Frame.macOf(key, LOGIN, step)).hasSize(12);
      assertThat(read).hasToString("Frame[" + TRANSACTION + ", " + step + "]");
    }
    assertThat(Frame.macOf(key, LOGIN, step)).isNotEqualTo(Frame.macOf(key, LOGIN, step ^ 1));
    assertThat(Frame.macOf(bytes(0x21, 32), LOGIN, step))
        .isNotEqualTo(Frame.macOf(key, LOGIN, step));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://app.example.com/login", "https://app.example.com/login#"})
  void onlyTheFragmentOfTheAppsOwnLinkIsACode(String link) {
    String own = "https://app.example.com/login#" + F2;
    assertThat(ScannedCode.read(own, link)).isPresent();
    assertThat(ScannedCode.read(" " + own + "\n", link)).isPresent();
    assertThat(ScannedCode.withoutLink(" " + own + "\n", link)).isEqualTo(F2);
    assertThat(ScannedCode.read(F2, link)).isPresent();
    for (String other :
        List.of(
            "https://app.example.com/login",
            "https://app.example.com/login#",
            "https://app.example.com/login#" + own,
            "https://app.example.com/login##" + F2,
            "https://app.example.com/login" + F2,
            "https://app.example.com/login.evil.example#" + F2,
            "https://app.example.com/login?x#" + F2,
            "https://app.example.com/#" + F2,
            "http://app.example.com/login#" + F2)) {
      assertThat(ScannedCode.read(other, link)).as(other).isEmpty();
    }
    assertThat(ScannedCode.read(own)).isEmpty();
  }

  // Keys and hashes.

  @Test
  void thumbprintsMessageHashAndBindingAreThoseOfTheContract() {
    assertThat(DEVICE_KEY.id()).isEqualTo(KEY);
    assertThat(SERVERS_KEY.id()).isEqualTo(SERVER_KEY);
    assertThat(SignedText.hash(MESSAGE)).isEqualTo(MESSAGE_HASH);
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 0xa5);
    assertThat(SignedText.hash(secret)).isEqualTo("_ItkABxf3Q8vQPtn2uSoZaLFvReDZnbW1bWLeRfjNxc");
  }

  @ParameterizedTest
  @CsvSource({
    // Not on the curve.
    "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y, eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpg",
    "eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk, YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    // A second spelling of the same bytes.
    "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Z, eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk",
    "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y, eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpl",
    "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y, eQP+EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk",
    "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y=, eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk",
    "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7, eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk",
    "AGD-1LolWp0xyWHrdMY1bWjASbiSO2H6bOZpYi5g8p-2, eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk",
    "YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7., eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk",
    "'', ''"
  })
  void whatIsNoPointOrNotWrittenAsOneIsNoKey(String x, String y) {
    assertThat(DeviceKey.of(x, y)).isEmpty();
  }

  @Test
  void aCoordinateAboveThePrimeIsNoKey() throws Exception {
    byte[] prime =
        HexFormat.of().parseHex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    assertThat(DeviceKey.of(Base64Url.encode(prime), Y)).isEmpty();
    // (0, sqrt(b)) is a point, (p, sqrt(b)) the same one written otherwise.
    BigInteger p = new BigInteger(1, prime);
    BigInteger b =
        new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    BigInteger root = b.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    String y = Base64Url.encode(fixed(root));
    assertThat(DeviceKey.of(Base64Url.encode(new byte[32]), y)).isPresent();
    assertThat(DeviceKey.of(Base64Url.encode(prime), y)).isEmpty();
  }

  private static byte[] fixed(BigInteger value) {
    byte[] written = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, written.length);
    System.arraycopy(written, written.length - length, fixed, 32 - length, length);
    return fixed;
  }

  @Test
  void aKeyOfAnotherCurveIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    ECPublicKey other = (ECPublicKey) generator.generateKeyPair().getPublic();
    assertThatThrownBy(() -> DeviceKey.of(other)).isInstanceOf(IllegalArgumentException.class);
  }

  // What is signed.

  @ParameterizedTest
  @MethodSource("vectors")
  void theBaseIsThatOfTheContract(Vector vector) throws Exception {
    byte[] base = vector.base().bytes();
    assertThat(base).hasSize(vector.length());
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(base)))
        .isEqualTo(vector.sha256());
    assertThat(vector.signer().verifies(vector.base(), Base64Url.decode(vector.signature())))
        .isTrue();
  }

  @Test
  void theAcceptBaseIsTheOnePrintedInTheContract() {
    assertThat(new String(ACCEPT.bytes(), US_ASCII))
        .isEqualTo(
            """
            MAUTH-ANSWER-V1
            server:https://login.example.com
            transaction:3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b
            device:05ED8E51CB1EFAA2
            key:DOvxvJiAdIqVWIkFt5hDtCunXLF0BV4-JGv4f-ALSm0
            profile:W8DUJ2
            challenge:QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8
            type:qr-code
            origin:https://shop.example.com
            message:k2awA2tvnTITwtoSuaxjT1GmgkkMmV7D8DOphZEC4O4
            decision:accept
            number:42
            reason:-
            expires:1767225720
            """);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aSignatureIsGoodForItsOwnTextOnly(Vector vector) {
    for (Vector other : VECTORS) {
      assertThat(vector.signer().verifies(other.base(), Base64Url.decode(vector.signature())))
          .isEqualTo(other == vector);
    }
    DeviceKey wrong = vector.signer() == DEVICE_KEY ? SERVERS_KEY : DEVICE_KEY;
    assertThat(wrong.verifies(vector.base(), Base64Url.decode(vector.signature()))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void anotherFormOfASignatureIsRefused(Vector vector) throws Exception {
    byte[] good = Base64Url.decode(vector.signature());
    List<byte[]> wrong = new ArrayList<>();
    wrong.add(new byte[0]);
    wrong.add(new byte[64]);
    wrong.add(Arrays.copyOf(good, 63));
    wrong.add(Arrays.copyOf(good, 65));
    wrong.add(Arrays.copyOf(Arrays.copyOf(good, 32), 64)); // s = 0
    byte[] withoutR = good.clone();
    Arrays.fill(withoutR, 0, 32, (byte) 0);
    wrong.add(withoutR);
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xff);
    wrong.add(ones);
    byte[] order = new byte[64];
    System.arraycopy(fixed(p256().getOrder()), 0, order, 0, 32);
    System.arraycopy(fixed(p256().getOrder()), 0, order, 32, 32);
    wrong.add(order);
    for (int i = 0; i < 64; i += 9) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      wrong.add(flipped);
    }
    Signature der = Signature.getInstance("SHA256withECDSA");
    der.initSign(vector.signer() == DEVICE_KEY ? devicePrivate() : serverPrivate());
    der.update(vector.base().bytes());
    wrong.add(der.sign());
    for (byte[] signature : wrong) {
      assertThat(vector.signer().verifies(vector.base(), signature)).isFalse();
    }
  }

  @Test
  void bothHalvesOfTheOrderAreTaken() throws Exception {
    byte[] good = Base64Url.decode(ACCEPT_SIGNATURE);
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, 32, 64));
    byte[] mirrored = good.clone();
    System.arraycopy(fixed(p256().getOrder().subtract(s)), 0, mirrored, 32, 32);
    assertThat(DEVICE_KEY.verifies(ACCEPT, mirrored)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void thePrivateKeySignsWhatThePublicOneVerifies(Vector vector) throws Exception {
    PrivateKey key = vector.signer() == DEVICE_KEY ? devicePrivate() : serverPrivate();
    byte[] signature = DeviceKey.sign(key, vector.base());
    assertThat(signature).hasSize(64);
    assertThat(vector.signer().verifies(vector.base(), signature)).isTrue();
  }

  static Stream<SignedText> altered() throws Exception {
    List<SignedText> altered = new ArrayList<>();
    for (Vector vector : VECTORS) {
      var components = vector.base().getClass().getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        Object[] values = values(vector.base());
        values[i] = other(components[i].getName(), values[i]);
        altered.add(rebuilt(vector.base(), values));
      }
    }
    return altered.stream();
  }

  private static Object other(String name, @Nullable Object value) {
    if (value instanceof List) {
      return List.of("17", "42", "84");
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (name.equals("decision")) {
      return "accept".equals(value) ? "deny" : "accept";
    }
    return value == null ? "43" : value + "x";
  }

  private static @Nullable Object[] values(SignedText base) throws Exception {
    var components = base.getClass().getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = components[i].getAccessor().invoke(base);
    }
    return values;
  }

  private static SignedText rebuilt(SignedText base, @Nullable Object[] values) throws Exception {
    return (SignedText) base.getClass().getDeclaredConstructors()[0].newInstance(values);
  }

  @ParameterizedTest
  @MethodSource("altered")
  void everyFieldIsUnderTheSignature(SignedText altered) {
    Vector vector =
        VECTORS.stream()
            .filter(each -> each.base().getClass() == altered.getClass())
            .findFirst()
            .orElseThrow();
    byte[] signature = Base64Url.decode(vector.signature());
    assertThat(vector.signer().verifies(vector.base(), signature)).isTrue();
    assertThat(vector.signer().verifies(altered, signature)).isFalse();
    assertThat(DEVICE_KEY.verifies(altered, Base64Url.decode(DENY_SIGNATURE))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\tb",
        "a\nb",
        "a\n",
        "a\rb",
        "a\u0000",
        "a\u007f",
        "caf\u00e9",
        "\u20ac",
        "\ud83d\ude00",
        "a\u2028b",
        "-"
      })
  void aValueThatCouldBeReadOtherwiseIsNotSigned(String value) throws Exception {
    for (Vector vector : VECTORS) {
      var components = vector.base().getClass().getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        Object[] values = values(vector.base());
        if (components[i].getType() == String.class) {
          values[i] = value;
        } else if (components[i].getType() == List.class && !value.isEmpty()) {
          values[i] = List.of(value);
        } else {
          continue;
        }
        SignedText wrong = rebuilt(vector.base(), values);
        assertThatThrownBy(wrong::bytes)
            .as("%s of %s", components[i].getName(), vector.base())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(components[i].getName() + " cannot be signed");
      }
    }
  }

  @Test
  void aValueHasThreeHundredCharactersAtMost() {
    assertThat(claimOf("x".repeat(300)).bytes()).hasSize(276 - PROFILE.length() + 300);
    assertThatThrownBy(() -> claimOf("x".repeat(301)).bytes())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SignedText claimOf(String profile) {
    return new SignedText.Claim(
        SERVER, TRANSACTION, DEVICE, KEY, profile, SignedText.hash(F2), "camera", NONCE);
  }

  @Test
  void anAbsentOriginAndNoNumbersAreADash() {
    SignedText asked =
        new SignedText.Challenge(
            SERVER,
            TRANSACTION,
            DEVICE,
            KEY,
            PROFILE,
            NONCE,
            CHALLENGE,
            TYPE,
            null,
            MESSAGE_HASH,
            "tap",
            List.of(),
            EXPIRES);
    assertThat(new String(asked.bytes(), US_ASCII))
        .contains("\norigin:-\n", "\nnumbers:-\n")
        .endsWith("expires:1767225720\n");
  }

  @Test
  void noTextShowsWhatIsSecret() {
    for (Vector vector : VECTORS) {
      assertThat(vector.base().toString())
          .matches("(Enroll\\[7c9e6679-[0-9a-f-]+|[A-Z][a-z]+\\[" + TRANSACTION + ")]");
    }
  }

  private static PrivateKey devicePrivate() throws Exception {
    return privateKey(
        new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16));
  }

  private static PrivateKey serverPrivate() throws Exception {
    byte[] seed =
        MessageDigest.getInstance("SHA-256").digest("mauth test server key".getBytes(UTF_8));
    return privateKey(new BigInteger(1, seed).mod(p256().getOrder()));
  }

  private static PrivateKey privateKey(BigInteger scalar) throws Exception {
    return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, p256()));
  }

  private static ECParameterSpec p256() throws Exception {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }
}
