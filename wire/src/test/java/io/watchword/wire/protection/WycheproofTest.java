package io.watchword.wire.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.jwk.JWK;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The vectors of project Wycheproof (C2SP/wycheproof, Apache 2.0) against the primitives as handed
 * out here. They are read from the folder that {@code WYCHEPROOF_DIR} names, else from {@code
 * ../shared/vectors/wycheproof} beside the project; without either, these tests are left out.
 */
class WycheproofTest {

  private static final HexFormat HEX = HexFormat.of();

  private static final Set<String> ABOVE_THE_ORDER =
      Set.of(
          "k*G has a large x-coordinate",
          "r = 3, x = n + 3 is the smallest possible x with a reduction");

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void aesGcm(ProviderUnderTest provider) throws Exception {
    Algorithms algorithms = provider.algorithms();
    int tried = 0;
    int blobs = 0;
    for (JsonNode group : groups("aes_gcm_test.json")) {
      if (group.get("keySize").asInt() != 256 || group.get("ivSize").asInt() == 0) {
        continue; // Keys of other lengths are refused here, and an IV always has 16 bytes.
      }
      for (JsonNode test : group.get("tests")) {
        Optional<byte[]> plain = openAead(algorithms, test);
        assertResult(test, plain.isPresent());
        plain.ifPresent(bytes -> assertThat(bytes).as(name(test)).isEqualTo(hex(test, "msg")));
        tried++;
        if (group.get("ivSize").asInt() == 128 && test.get("aad").asString().isEmpty()) {
          assertBlob(algorithms, test);
          blobs++;
        }
      }
    }
    assertThat(tried).isGreaterThan(80);
    assertThat(blobs).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void rsaOaep(ProviderUnderTest provider) throws Exception {
    Algorithms algorithms = provider.algorithms();
    int tried = 0;
    for (JsonNode group : groups("rsa_oaep_2048_sha256_mgf1sha256_test.json")) {
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(hex(group, "privateKeyPkcs8")));
      for (JsonNode test : group.get("tests")) {
        byte[] plain = null;
        try {
          plain = algorithms.unwrapping(key).doFinal(hex(test, "ct"));
        } catch (GeneralSecurityException | RuntimeException e) {
          // refused
        }
        boolean labelled = !test.get("label").asString().isEmpty();
        if (labelled) {
          assertThat(plain).as(name(test)).isNull(); // The label here is always empty.
        } else {
          assertResult(test, plain != null);
        }
        if (plain != null) {
          assertThat(plain).as(name(test)).isEqualTo(hex(test, "msg"));
        }
        assertSubstituted(algorithms, key, test, plain);
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(30);
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void rsaSignatures(ProviderUnderTest provider) throws Exception {
    int tried =
        signatures(
            provider.algorithms(), "rsa_signature_2048_sha256_test.json", JwsAlgorithm.RS256);
    assertThat(tried).isGreaterThan(250);
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void ecdsaSignaturesOnP256(ProviderUnderTest provider) throws Exception {
    int tried =
        signatures(
            provider.algorithms(), "ecdsa_secp256r1_sha256_p1363_test.json", JwsAlgorithm.ES256);
    assertThat(tried).isGreaterThan(150);
  }

  @ParameterizedTest
  @EnumSource(ProviderUnderTest.class)
  void jsonWebSignatures(ProviderUnderTest provider) throws Exception {
    Algorithms algorithms = provider.algorithms();
    int tried = 0;
    for (JsonNode group : groups("json_web_signature_test.json")) {
      JsonNode jwk = group.get("public");
      // Left out: symmetric keys, and rules on a JWK's "use" and "key_ops", since keys here come
      // from certificates.
      if (jwk == null
          || JwsAlgorithm.named(jwk.path("alg").asString("")).isEmpty()
          || group.get("comment").asString().contains("encryption")) {
        continue;
      }
      PublicKey key = publicKey(jwk);
      for (JsonNode test : group.get("tests")) {
        JsonNode jws = test.get("jws");
        String compact = jws.isString() ? jws.asString() : jws.toString();
        if (isSignedByAnother(jwk, compact)) {
          continue;
        }
        assertResult(test, verifies(algorithms, jwk.get("alg").asString(), key, compact));
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(250);
  }

  /** The RFC 7520 groups label keys PS256 whose one vector is signed with PS384. */
  private static boolean isSignedByAnother(JsonNode jwk, String compact) {
    return jwk.get("alg").asString().equals("PS256")
        && compact.startsWith(
            Base64Url.encode("{\"alg\":\"PS384\"".getBytes(StandardCharsets.UTF_8))
                .substring(0, 18));
  }

  private static boolean verifies(
      Algorithms algorithms, String alg, PublicKey key, String compact) {
    try {
      DetachedJws jws = DetachedJws.parse(compact, Set.of(JwsAlgorithm.named(alg).orElseThrow()));
      // The body is what stands between the dots, which is what a sender would have sent.
      String payload = compact.substring(compact.indexOf('.') + 1, compact.lastIndexOf('.'));
      return jws.verify(algorithms, key, Base64Url.decode(payload));
    } catch (MalformedJwsException | IllegalArgumentException e) {
      return false;
    }
  }

  private static PublicKey publicKey(JsonNode jwk) throws Exception {
    JWK key = JWK.parse(jwk.toString());
    return jwk.get("kty").asString().equals("EC")
        ? key.toECKey().toPublicKey()
        : key.toRSAKey().toPublicKey();
  }

  private static int signatures(Algorithms algorithms, String file, JwsAlgorithm algorithm)
      throws Exception {
    int tried = 0;
    for (JsonNode group : groups(file)) {
      PublicKey key =
          KeyFactory.getInstance(algorithm == JwsAlgorithm.ES256 ? "EC" : "RSA")
              .generatePublic(new X509EncodedKeySpec(hex(group, "publicKeyDer")));
      for (JsonNode test : group.get("tests")) {
        boolean accepted = algorithms.verifies(algorithm, key, hex(test, "sig"), hex(test, "msg"));
        if (accepted || !isRefusedByJdk17(algorithms, test)) {
          assertResult(test, accepted);
        }
        tried++;
      }
    }
    return tried;
  }

  /**
   * The elliptic curves of JDK 17 refuse a right signature whose point has an x-coordinate above
   * the group's order: one in 2^128, and on the safe side.
   */
  private static boolean isRefusedByJdk17(Algorithms algorithms, JsonNode test) {
    return algorithms.providerName().equals("JDK")
        && Runtime.version().feature() == 17
        && ABOVE_THE_ORDER.contains(test.get("comment").asString());
  }

  private static Optional<byte[]> openAead(Algorithms algorithms, JsonNode test) throws Exception {
    Cipher cipher = algorithms.opening(hex(test, "key"), hex(test, "iv"));
    cipher.updateAAD(hex(test, "aad"));
    try {
      return Optional.of(cipher.doFinal(joined(hex(test, "ct"), hex(test, "tag"))));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static void assertBlob(Algorithms algorithms, JsonNode test) {
    Blob blob = new Blob(algorithms, new SecureRandom());
    byte[] bytes = joined(hex(test, "ct"), hex(test, "tag"), hex(test, "iv"));
    boolean opened;
    try {
      assertThat(blob.open(hex(test, "key"), bytes)).as(name(test)).isEqualTo(hex(test, "msg"));
      opened = true;
    } catch (UndecryptableException e) {
      opened = false;
    }
    assertResult(test, opened);
  }

  /** A session key that is refused is replaced; one of 32 bytes comes through as it is. */
  private static void assertSubstituted(
      Algorithms algorithms, PrivateKey key, JsonNode test, byte[] plain) {
    byte[] substitute = new byte[32];
    SessionKeys keys =
        new SessionKeys(algorithms, new Blob(algorithms, new GivenRandom(substitute)));
    byte[] expected = plain != null && plain.length == 32 ? plain : substitute;
    assertThat(keys.unwrapOrSubstitute(hex(test, "ct"), key)).as(name(test)).isEqualTo(expected);
  }

  private static void assertResult(JsonNode test, boolean accepted) {
    switch (test.get("result").asString()) {
      case "valid" -> assertThat(accepted).as(name(test)).isTrue();
      case "invalid" -> assertThat(accepted).as(name(test)).isFalse();
      default -> {} // "acceptable": either will do
    }
  }

  private static String name(JsonNode test) {
    return "tcId " + test.get("tcId") + " " + test.get("comment") + " " + test.get("flags");
  }

  private static byte[] hex(JsonNode node, String member) {
    return HEX.parseHex(node.get(member).asString());
  }

  private static byte[] joined(byte[]... parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static List<JsonNode> groups(String file) throws Exception {
    Path path = folder().resolve(file);
    assumeTrue(
        Files.isRegularFile(path),
        () -> "left out: no " + file + " (set WYCHEPROOF_DIR to a folder that has it)");
    return new ObjectMapper()
        .readTree(Files.readAllBytes(path))
        .get("testGroups")
        .valueStream()
        .toList();
  }

  private static Path folder() {
    String named = System.getenv("WYCHEPROOF_DIR");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    // Surefire sets basedir to the module's folder; the project's root is above it.
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return module.resolve("../../shared/vectors/wycheproof").normalize();
  }
}
