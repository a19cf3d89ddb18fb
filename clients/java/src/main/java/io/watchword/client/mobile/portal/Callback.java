package io.watchword.client.mobile.portal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.wire.ida.Json;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server tells by a callback: not how a login ended, but that there is something to ask.
 *
 * @param event {@code scanned}; empty: the login has ended
 */
public record Callback(String transactionId, Optional<String> event) {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern TIME = Pattern.compile("[0-9]{1,12}");
  private static final int MOST_SIGNATURES = 8;

  /** Reads one; empty: it is not the server's. */
  static Optional<Callback> read(
      PortalConfig config, Map<String, List<String>> headers, byte[] body) {
    if (!isFromUser(config, headers) || !isSigned(config, headers, body)) {
      return Optional.empty();
    }
    Optional<ObjectNode> json = Json.readObject(body);
    return json.flatMap(object -> Reply.text(object, "transaction_id"))
        .filter(id -> UUID_TEXT.matcher(id).matches())
        .map(id -> new Callback(id, json.flatMap(object -> Reply.text(object, "event"))));
  }

  private static boolean isFromUser(PortalConfig config, Map<String, List<String>> headers) {
    if (config.callbackUser().isEmpty()) {
      return true;
    }
    PortalConfig.Credentials user = config.callbackUser().get();
    String pair = user.name() + ":" + user.secret();
    String expected = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    return MessageDigest.isEqual(
        expected.getBytes(UTF_8), header(headers, "Authorization").getBytes(UTF_8));
  }

  private static boolean isSigned(
      PortalConfig config, Map<String, List<String>> headers, byte[] body) {
    if (config.callbackSecret().isEmpty()) {
      return true;
    }
    String time = "";
    List<String> signatures = new ArrayList<>();
    for (String part : header(headers, "Mauth-Signature").split(",", MOST_SIGNATURES)) {
      String trimmed = part.strip();
      if (trimmed.startsWith("t=")) {
        time = trimmed.substring(2);
      } else if (trimmed.startsWith("v1=")) {
        signatures.add(trimmed.substring(3));
      }
    }
    if (!TIME.matcher(time).matches() || !isRecent(config, Long.parseLong(time))) {
      return false;
    }
    byte[] expected =
        HexFormat.of().formatHex(mac(config.callbackSecret().get(), time, body)).getBytes(US_ASCII);
    boolean good = false;
    for (String signature : signatures) {
      good |= MessageDigest.isEqual(expected, signature.getBytes(UTF_8));
    }
    return good;
  }

  private static boolean isRecent(PortalConfig config, long seconds) {
    Duration apart =
        Duration.between(Instant.ofEpochSecond(seconds), config.time().instant()).abs();
    return apart.compareTo(config.callbackAge()) <= 0;
  }

  private static byte[] mac(String secret, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** The only value of a header; empty if there is none, or another. */
  private static String header(Map<String, List<String>> headers, String name) {
    List<String> all = new ArrayList<>();
    headers.forEach((each, values) -> {
      if (name.equalsIgnoreCase(each)) {
        all.addAll(values);
      }
    });
    return all.size() == 1 ? all.get(0) : "";
  }
}
