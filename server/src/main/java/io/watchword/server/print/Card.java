package io.watchword.server.print;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands on a card.
 *
 * @param languages of its labels and texts, ISO 639-3: the primary one, or that and another
 * @param maskedUin the person's UIN, of which only the last digits are shown
 * @param fields in their order; one that is not on file stands there all the same
 * @param photo JPEG or PNG; {@code null}: none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Card(
    List<String> languages, String maskedUin, List<Field> fields, byte @Nullable [] photo) {

  public Card {
    languages = List.copyOf(languages);
    fields = List.copyOf(fields);
    if (languages.isEmpty() || languages.size() > 2) {
      throw new IllegalArgumentException("a card has one language or two");
    }
  }

  /** In which block of the card a field stands. */
  public enum Block {
    IDENTITY,
    ADDRESS
  }

  /**
   * A line of the card.
   *
   * @param name of its label, as on the wire, such as {@code dateOfBirth}
   * @param values by language; empty: not on file
   */
  public record Field(String name, Block block, Map<String, String> values) {

    /** Without the values. */
    @Override
    public String toString() {
      return "Field[" + name + "]";
    }
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "Card" + languages;
  }
}
