package io.watchword.core.authentication;

import io.watchword.core.partner.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a caller says about a person, for one language where it has any.
 *
 * @param member the name under which the caller sent it: answers quote it, nothing else reads it
 * @param attributes the stored attributes that it is compared with, in the order of the identity
 *     mapping; several are joined by a blank
 * @param language ISO 639-3 as the caller wrote it; {@code null}: none was given
 * @param value as the caller sent it; a blank one matches nothing
 * @param kind how it is compared
 * @param dynamic whether the member is no built-in one of the contract, so that the stored side
 *     decides whether a language is needed (contract ida 6.7)
 * @param strategy how near a text must be to what is on file
 * @param whole a stored attribute that, where the person has one, is compared with instead of the
 *     others (contract identity-v1, amendment 1); {@code null}: none
 */
public record Claim(
    String member,
    List<String> attributes,
    @Nullable String language,
    String value,
    Kind kind,
    boolean dynamic,
    Strategy strategy,
    @Nullable String whole) {

  public Claim {
    attributes = List.copyOf(attributes);
  }

  /** A claim that must be equal to what is on file. */
  public Claim(
      String member,
      List<String> attributes,
      @Nullable String language,
      String value,
      Kind kind,
      boolean dynamic) {
    this(member, attributes, language, value, kind, dynamic, Strategy.EXACT, null);
  }

  /** How a claim is compared with what is on file. */
  public enum Kind {
    /** A person's name: titles do not count. */
    NAME,
    /** Part of a postal address, or the whole. */
    ADDRESS,
    /** Any other text. */
    TEXT,
    /** Somebody's gender, by its letter or its name in any language. */
    GENDER,
    /** A phone number, of which only the digits and a leading plus count. */
    PHONE,
    /** A mail address, in any case. */
    EMAIL,
    /** A date in the form {@code yyyy/MM/dd}. */
    DATE_OF_BIRTH,
    /** A number of years that the person must have completed. */
    AGE
  }

  Claim inLanguage(@Nullable String other) {
    return new Claim(member, attributes, other, value, kind, dynamic, strategy, whole);
  }

  /** Without what is claimed: it may stand in log lines. */
  @Override
  public String toString() {
    return "Claim[" + member + (language == null ? "" : ", " + language) + "]";
  }
}
