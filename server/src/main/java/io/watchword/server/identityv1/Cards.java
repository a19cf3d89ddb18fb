package io.watchword.server.identityv1;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints the card of a KYC (contract identity-v1 9.6). */
public interface Cards {

  /**
   * @param texts of each member of the answer by language, ISO 639-3
   * @param languages of the card, the primary one first
   * @param maskedUin as it stands on the card
   * @param photo {@code null}: none
   * @return the PDF; empty: it cannot be printed, and the log says why
   */
  Optional<byte[]> print(
      Map<String, Map<String, String>> texts,
      List<String> languages,
      String maskedUin,
      byte @Nullable [] photo);
}
