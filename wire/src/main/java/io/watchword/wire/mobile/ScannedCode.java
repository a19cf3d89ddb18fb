package io.watchword.wire.mobile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.wire.protection.Base64Url;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A code as a login page shows it and an app scans it (contract mobile 3.4): a static one with
 * sixteen random bytes, or a frame of a rotating one with a step and a MAC.
 */
public sealed interface ScannedCode {

  /** Of what was scanned, before anything is decoded. */
  int LONGEST = 512;

  /** Bytes of a static code. */
  int OTP_BYTES = 16;

  /** Bytes of the MAC of a frame. */
  int MAC_BYTES = 12;

  /** Of which login. */
  UUID transaction();

  /** A code that stays the same; the bytes are secret. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  record Fixed(UUID transaction, byte[] otp) implements ScannedCode {

    /** The form that every published app reads: base64 of JSON, 120 characters. */
    public String text() {
      String json =
          "{\"transaction_id\":\"%s\",\"otp\":\"%s\"}"
              .formatted(transaction, Base64.getEncoder().encodeToString(otp));
      return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    }

    /** The short form, 44 characters. */
    public String shortText() {
      return Base64Url.encode(
          ByteBuffer.allocate(1 + 16 + OTP_BYTES)
              .put((byte) 1)
              .putLong(transaction.getMostSignificantBits())
              .putLong(transaction.getLeastSignificantBits())
              .put(otp)
              .array());
    }

    /** Without the code. */
    @Override
    public String toString() {
      return "Fixed[" + transaction + "]";
    }
  }

  /**
   * One frame of a rotating code.
   *
   * @param step 0 to 2^32 - 1
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  record Frame(UUID transaction, long step, byte[] mac) implements ScannedCode {

    /** The frame of a step. */
    public static Frame of(byte[] key, UUID transaction, long step) {
      return new Frame(transaction, step, macOf(key, transaction, step));
    }

    /** The MAC that a frame of this step must have. */
    public static byte[] macOf(byte[] key, UUID transaction, long step) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update("mauth-qr-v1\0".getBytes(US_ASCII));
        mac.update(head(transaction, step).array(), 1, 20);
        return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e); // every Java has it
      }
    }

    /** 44 characters. */
    public String text() {
      return Base64Url.encode(
          ByteBuffer.allocate(1 + 20 + MAC_BYTES)
              .put(head(transaction, step).array())
              .put(mac)
              .array());
    }

    private static ByteBuffer head(UUID transaction, long step) {
      return ByteBuffer.allocate(21)
          .put((byte) 2)
          .putLong(transaction.getMostSignificantBits())
          .putLong(transaction.getLeastSignificantBits())
          .putInt((int) step);
    }

    /** Without the MAC. */
    @Override
    public String toString() {
      return "Frame[" + transaction + ", " + step + "]";
    }
  }

  /** Reads what was scanned; empty: no code of ours. */
  static Optional<ScannedCode> read(String scanned) {
    return read(scanned, "");
  }

  /**
   * Reads what was scanned.
   *
   * @param link what links into the app begin with; empty: there are none
   * @return empty: no code of ours
   */
  static Optional<ScannedCode> read(String scanned, String link) {
    String text = withoutLink(scanned, link);
    if (scanned.length() > LONGEST || !Decoding.TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    return Decoding.decode(text);
  }

  /**
   * The code as it is sent and signed: without white space around it, and only the fragment of a
   * link into the app.
   *
   * @param link what links into the app begin with; empty: there are none
   */
  static String withoutLink(String scanned, String link) {
    String text = scanned.strip();
    String prefix = link.endsWith("#") ? link : link + "#";
    return !link.isEmpty() && text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  /** How texts are decoded. */
  final class Decoding {

    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9+/_-]{1,512}={0,2}");
    private static final Pattern UUID_TEXT =
        Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final JsonMapper JSON =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private Decoding() {}

    private static Optional<ScannedCode> decode(String text) {
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
      if (bytes.length == 33 && bytes[0] == 1) {
        return Optional.of(new Fixed(uuid(bytes), Arrays.copyOfRange(bytes, 17, 33)));
      }
      if (bytes.length == 33 && bytes[0] == 2) {
        long step = Integer.toUnsignedLong(ByteBuffer.wrap(bytes, 17, 4).getInt());
        return Optional.of(new Frame(uuid(bytes), step, Arrays.copyOfRange(bytes, 21, 33)));
      }
      // The parser would take a zero as second byte for UTF-16.
      return bytes.length > 1 && bytes[0] == '{' && bytes[1] != 0 ? json(bytes) : Optional.empty();
    }

    private static UUID uuid(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, 16);
      return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static Optional<ScannedCode> json(byte[] bytes) {
      try {
        JsonNode json = JSON.readTree(bytes);
        String transaction = json.path("transaction_id").stringValue("");
        String otp = json.path("otp").stringValue("");
        if (!UUID_TEXT.matcher(transaction).matches()) {
          return Optional.empty();
        }
        byte[] code = Base64.getDecoder().decode(otp);
        return code.length == OTP_BYTES
            ? Optional.of(new Fixed(UUID.fromString(transaction), code))
            : Optional.empty();
      } catch (JacksonException | IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
