package io.watchword.core.authentication;

import io.watchword.core.individual.Individual;
import io.watchword.core.partner.Admitted;
import io.watchword.core.unit.Ambient;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes the partner-specific token of a person, contract ida 5.6: the same for a UIN and all its
 * VIDs, different at each partner or policy.
 *
 * @param uinSalt secret of the deployment; never changes
 * @param partnerSalt secret of the deployment; never changes
 */
public record AuthTokens(String uinSalt, String partnerSalt, Ambient ambient)
    implements Pseudonyms {

  private static final int LENGTH = 36;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  @Override
  public String of(Individual person, Admitted caller) {
    String token = person.token();
    return switch (caller.policy().pseudonym()) {
      case PARTNER -> of(token, caller.partner().id());
      case POLICY -> of(token, caller.policy().id());
      case RANDOM -> digits(hash(ambient.newId()));
    };
  }

  String of(String token, String code) {
    return digits(hash(partnerSalt + code + hash(token + uinSalt)));
  }

  private static String digits(String hex) {
    String number = new BigInteger(1, hex.getBytes(StandardCharsets.US_ASCII)).toString();
    return number.substring(0, LENGTH);
  }

  /** HEX(SHA-256(SHA-256(text))). */
  private static String hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HEX.formatHex(sha.digest(sha.digest(text.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Without the salts. */
  @Override
  public String toString() {
    return "AuthTokens[salted]";
  }
}
