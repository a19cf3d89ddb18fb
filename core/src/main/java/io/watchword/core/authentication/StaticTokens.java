package io.watchword.core.authentication;

import io.watchword.core.individual.Individual;
import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.partner.Admitted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/** Computes the static token of contract identity-v1 10.1: one for each person and TSP. */
public record StaticTokens(Keyring keyring, Algorithm algorithm) implements Pseudonyms {

  private static final int LENGTH = 36;
  private static final int DIGITS = 10;

  /** From what a token is made. */
  public enum Algorithm {
    /** A keyed hash over the TSP's id and the person's internal token. */
    HMAC,
    /**
     * A plain hash over the TSP's id and the UIN, as the first servers of this format made it. Who
     * has a token can find the UIN by trying all.
     */
    LEGACY_SHA256
  }

  @Override
  public String of(Individual person, Admitted caller) {
    String tsp = caller.partner().id();
    return switch (algorithm) {
      case HMAC -> keyed(tsp, person.token());
      case LEGACY_SHA256 -> legacy(tsp, Objects.requireNonNullElse(person.uin(), person.token()));
    };
  }

  /** Each hexadecimal digit below ten is a digit; as many blocks as it takes. */
  private String keyed(String tsp, String token) {
    var digits = new StringBuilder(LENGTH);
    for (int block = 0; digits.length() < LENGTH; block++) {
      Mac mac =
          keyring.mac(
              Keyring.Purpose.PSEUDONYM,
              utf8("static-token"),
              utf8(tsp),
              utf8(token),
              new byte[] {(byte) block});
      String hex = HexFormat.of().formatHex(Base64.getUrlDecoder().decode(mac.value()));
      for (int i = 0; i < hex.length() && digits.length() < LENGTH; i++) {
        if (Character.digit(hex.charAt(i), 16) < DIGITS) {
          digits.append(hex.charAt(i));
        }
      }
    }
    return digits.toString();
  }

  /** Each of the first 36 hexadecimal digits modulo ten. */
  static String legacy(String tsp, String uin) {
    String hex;
    try {
      hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(tsp + uin)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    var digits = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      digits.append(Character.digit(hex.charAt(i), 16) % DIGITS);
    }
    return digits.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
