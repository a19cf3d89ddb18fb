package io.watchword.testkit.device;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A biometric device with a trust module, each with a certificate of its authority. Gives the
 * elements of {@code biometrics} (contract ida 4.4).
 */
public final class SoftwareDevice {

  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

  private final DeviceAuthority.Certified device;
  private final DeviceAuthority.Certified trustModule;
  private final SecureRandom random;

  /**
   * @param devices certifies the device, which signs captures
   * @param trustModules certifies the trust module, which signs digital ids
   */
  public SoftwareDevice(
      DeviceAuthority devices, DeviceAuthority trustModules, SecureRandom random) {
    this.device = devices.certify("Software device");
    this.trustModule = trustModules.certify("Software trust module");
    this.random = random;
  }

  /** Captures, one element a shot; the chain of hashes begins anew with each call. */
  public ArrayNode capture(CaptureOrder order, List<Shot> shots) {
    ArrayNode elements = JSON.createArrayNode();
    byte[] chain = sha256(new byte[0]);
    for (Shot shot : shots) {
      chain = sha256(chain, sha256(shot.sample()));
      elements.add(element(order, shot, HexFormat.of().withUpperCase().formatHex(chain)));
    }
    return elements;
  }

  private ObjectNode element(CaptureOrder order, Shot shot, String hash) {
    Instant at = order.at().plus(shot.after());
    ObjectNode digitalId = digitalId(shot, at);
    shot.digitalId().accept(digitalId);
    ObjectNode data = facts(order, shot, at);
    data.put("digitalId", sign(trustModule, digitalId));
    shot.facts().accept(data);
    byte[] key = new byte[32];
    random.nextBytes(key);
    data.put("bioValue", seal(key, shot.sample(), data));
    shot.sealed().accept(data);
    ObjectNode element = JSON.createObjectNode();
    element.put("data", sign(device, data));
    element.put("hash", hash);
    element.put("sessionKey", wrap(key, order.recipient()));
    element.put("specVersion", "1.0");
    element.put("thumbprint", thumbprint(order.recipient()));
    return element;
  }

  private static ObjectNode digitalId(Shot shot, Instant at) {
    ObjectNode id = JSON.createObjectNode();
    id.put("serialNo", "SW-0001");
    id.put("make", "Watchword");
    id.put("model", "Software");
    id.put("type", shot.bioType());
    id.put("deviceSubType", shot.bioType().equals("Face") ? "Full face" : "Single");
    id.put("deviceProviderId", "SWP");
    id.put("deviceProvider", "Software provider");
    id.put("dateTime", time(at));
    return id;
  }

  private static ObjectNode facts(CaptureOrder order, Shot shot, Instant at) {
    ObjectNode data = JSON.createObjectNode();
    data.put("bioType", shot.bioType());
    data.put("bioSubType", shot.bioSubType());
    data.put("deviceCode", "SW-DEVICE-1");
    data.put("deviceServiceVersion", "0.9.5");
    data.put("transactionId", order.transaction());
    data.put("timestamp", time(at));
    data.put("purpose", "Auth");
    data.put("version", "1.0");
    if (order.domainUri() != null) {
      data.put("domainUri", order.domainUri());
    }
    if (order.env() != null) {
      data.put("env", order.env());
    }
    data.put("requestedScore", "60");
    data.put("qualityScore", "80");
    return data;
  }

  private static String time(Instant at) {
    return TIME.format(at.atOffset(ZoneOffset.UTC));
  }

  private static String sign(DeviceAuthority.Certified signer, ObjectNode payload) {
    try {
      var jws =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .x509CertChain(List.of(Base64.encode(signer.certificate().getEncoded())))
                  .build(),
              new Payload(JSON.writeValueAsBytes(payload)));
      jws.sign(new RSASSASigner(signer.keys().getPrivate()));
      return jws.serialize();
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** AES-GCM whose IV and additional data are the ends of time XOR transaction. */
  private static String seal(byte[] key, byte[] sample, ObjectNode data) {
    byte[] mask =
        new BigInteger(1, ascii(data, "timestamp"))
            .xor(new BigInteger(1, ascii(data, "transactionId")))
            .toByteArray();
    byte[] padded = new byte[64];
    System.arraycopy(mask, 0, padded, padded.length - mask.length, mask.length);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(128, Arrays.copyOfRange(padded, 52, 64)));
      cipher.updateAAD(padded, 48, 16);
      return base64Url(cipher.doFinal(sample));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ascii(ObjectNode data, String name) {
    return data.path(name).asString("").getBytes(StandardCharsets.US_ASCII);
  }

  private static String wrap(byte[] key, X509Certificate recipient) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(Cipher.ENCRYPT_MODE, recipient.getPublicKey(), OAEP);
      return base64Url(cipher.doFinal(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String thumbprint(X509Certificate certificate) {
    try {
      return base64Url(sha256(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64Url(byte[] bytes) {
    return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
