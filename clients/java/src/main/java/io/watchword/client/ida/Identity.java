package io.watchword.client.ida;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a KYC response tells of an individual: text by member name (contract ida 5.4). Which members
 * there are is a matter of the partner's policy and of what is on file, so each accessor may be
 * empty. Languages are three letters, ISO 639-3. {@code toString} names the members only.
 *
 * @param members by wire name, for example {@code name_eng}
 */
public record Identity(Map<String, String> members) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** Takes a copy. */
  public Identity {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** A member by its wire name. */
  public Optional<String> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** A member with one text a language. */
  public Optional<String> member(String name, String language) {
    return member(name + "_" + language);
  }

  /** Full name. */
  public Optional<String> name(String language) {
    return member("name", language);
  }

  /** Gender, as the server's master data calls it. */
  public Optional<String> gender(String language) {
    return member("gender", language);
  }

  /** Date of birth; empty also if the server's text is no date, which {@link #member} shows. */
  public Optional<LocalDate> dateOfBirth() {
    return member("dob")
        .flatMap(text -> {
          try {
            return Optional.of(LocalDate.parse(text, DATE));
          } catch (DateTimeException e) {
            return Optional.empty();
          }
        });
  }

  /** Phone number. */
  public Optional<String> phone() {
    return member("phone").or(() -> member("phoneNumber"));
  }

  /** Mail address. */
  public Optional<String> email() {
    return member("email").or(() -> member("emailId"));
  }

  /** Postal code. */
  public Optional<String> postalCode() {
    return member("postalCode");
  }

  /**
   * A line of the address.
   *
   * @param line 1 to 3
   */
  public Optional<String> addressLine(int line, String language) {
    return member("addressLine" + line, language);
  }

  /** The face picture's record, as bytes; empty also if the text is not base64. */
  public Optional<byte[]> face() {
    return member("face")
        .or(() -> member("photo"))
        .flatMap(text -> {
          try {
            return Optional.of(Base64.getDecoder().decode(text));
          } catch (IllegalArgumentException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public String toString() {
    return "Identity" + members.keySet();
  }
}
