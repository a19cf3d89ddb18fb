package io.watchword.core.individual;

import io.watchword.core.unit.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person on file. What changes often or is asked inside units (locks, state) is in {@link
 * Standing}; the portrait, which few requests need, in {@link Portrait}.
 *
 * @param token 36 random decimal digits, fixed at import, the base of all pseudonyms; never on a
 *     wire
 * @param attributes by name, such as {@code fullName}, {@code dateOfBirth} ({@code yyyy/MM/dd}),
 *     {@code phone}, {@code email}
 * @param uin the person's UIN if there is one: letters show it masked
 * @param fixedCode a code that is always this person's, for fictitious people of the demo profile;
 *     {@code null} for everyone else
 */
public record Individual(
    String token,
    Map<String, Attribute> attributes,
    @Nullable String uin,
    @Nullable String fixedCode) {

  /** Keyed by person id: 32 hexadecimal digits of 128 random bits. */
  public static final Table<Individual> TABLE = Table.sealed("people", Individual.class);

  public static final String PHONE = "phone";
  public static final String EMAIL = "email";
  public static final String FULL_NAME = "fullName";
  public static final String DATE_OF_BIRTH = "dateOfBirth";
  public static final String PREFERRED_LANGUAGE = "preferredLang";

  /** A value without language; empty if there is none or it is blank. */
  public Optional<String> plain(String name) {
    return attributes.get(name) instanceof Attribute.Plain(String value) && !value.isBlank()
        ? Optional.of(value)
        : Optional.empty();
  }

  /** The languages in which the name is on file, in their stored order. */
  public List<String> nameLanguages() {
    return attributes.get(FULL_NAME) instanceof Attribute.Localized(Map<String, String> values)
        ? List.copyOf(values.keySet())
        : List.of();
  }

  /** Nothing of the person: records print their components unless they are told not to. */
  @Override
  public String toString() {
    return "Individual[sealed]";
  }
}
