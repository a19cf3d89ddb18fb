package io.watchword.core.authentication;

import io.watchword.core.authentication.DemographicResult.Matched;
import io.watchword.core.authentication.DemographicResult.Mismatch;
import io.watchword.core.authentication.DemographicResult.Missing;
import io.watchword.core.authentication.DemographicResult.Stopped;
import io.watchword.core.authentication.DemographicResult.UnparsableClaim;
import io.watchword.core.authentication.DemographicResult.UnreadableStored;
import io.watchword.core.authentication.DemographicResult.UnsupportedLanguage;
import io.watchword.core.authentication.DemographicResult.WithoutLanguage;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.DateOfBirth;
import io.watchword.core.individual.Individual;
import io.watchword.core.partner.Strategy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares claims with what is on file (contract ida 6.7). Every claim must match; there is no
 * partial match. A pure function over its arguments: units may call it.
 */
public final class Demographics {

  private static final int MOST_DIGITS_OF_AN_AGE = 9;

  private final TextMatcher text;
  private final List<String> languages;
  private final Absent absent;

  /** What a claim is about something that is not on file. */
  public enum Absent {
    /** One that cannot be judged (contract ida 6.7). */
    UNANSWERED,
    /** A wrong one (contract identity-v1 5.6). */
    DIFFERENT
  }

  /**
   * @param languages the configured ones, ISO 639-3
   */
  public Demographics(TextMatcher text, List<String> languages, Absent absent) {
    this.text = text;
    this.languages = List.copyOf(languages);
    this.absent = absent;
  }

  /** Whether texts of a language can be compared in this way. */
  public boolean supports(Strategy strategy, String language) {
    return text.supports(strategy, language);
  }

  /**
   * Judges the claims in their order.
   *
   * @param today the date by which ages are counted
   * @return one result a claim, or fewer of which the last one is {@link Stopped}
   */
  public List<DemographicResult> evaluate(List<Claim> claims, Individual person, LocalDate today) {
    List<DemographicResult> results = new ArrayList<>(claims.size());
    for (Claim claim : claims) {
      DemographicResult result = judge(claim, person, today);
      if (result instanceof Missing(Claim missing) && absent == Absent.DIFFERENT) {
        result = new Mismatch(missing);
      }
      results.add(result);
      if (result instanceof Stopped) {
        break;
      }
    }
    return List.copyOf(results);
  }

  /** The claimed number of years; empty if it is no whole number above zero. */
  public static OptionalInt claimedAge(String text) {
    OptionalInt years = years(text);
    return years.isPresent() && years.getAsInt() > 0 ? years : OptionalInt.empty();
  }

  private static OptionalInt years(String text) {
    boolean digits = !text.isEmpty() && text.length() <= MOST_DIGITS_OF_AN_AGE;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  private DemographicResult judge(Claim claim, Individual person, LocalDate today) {
    return switch (claim.kind()) {
      case NAME -> text(TextMatcher.Kind.NAME, claim, person);
      case ADDRESS -> text(TextMatcher.Kind.ADDRESS, claim, person);
      case TEXT -> text(TextMatcher.Kind.TEXT, claim, person);
      case GENDER -> anyLanguage(claim.inLanguage(null), person, this::gender);
      case PHONE -> anyLanguage(claim.inLanguage(null), person, Demographics::samePhone);
      case EMAIL ->
          anyLanguage(
              claim.inLanguage(null), person, (one, other) -> one.strip().equalsIgnoreCase(other));
      case DATE_OF_BIRTH -> dateOfBirth(claim.inLanguage(null), person);
      case AGE -> age(claim.inLanguage(null), person, today);
    };
  }

  private DemographicResult text(TextMatcher.Kind kind, Claim sent, Individual person) {
    String configured = configured(sent.language());
    Claim claim = configured == null ? sent : sent.inLanguage(configured);
    if (sent.dynamic()) {
      if (!localized(sent, person)) {
        claim = sent.inLanguage(null);
      } else if (sent.language() == null || sent.language().isBlank()) {
        return new WithoutLanguage(sent);
      } else if (configured == null) {
        return new UnsupportedLanguage(sent);
      }
    }
    String language = claim.language() == null ? "" : claim.language();
    Optional<String> stored = stored(claim, person, language);
    if (stored.isEmpty()) {
      return new Missing(claim);
    }
    boolean same =
        !claim.value().isBlank()
            && text.matches(kind, claim.strategy(), language, claim.value(), stored.get());
    return same ? new Matched(claim) : new Mismatch(claim);
  }

  private boolean gender(String claimed, String stored) {
    return text.matches(TextMatcher.Kind.GENDER, Strategy.EXACT, "", claimed, stored);
  }

  /** Of a number written twice only the digits and a leading plus count; one has digits. */
  private static boolean samePhone(String one, String other) {
    String number = digits(one);
    return !number.isEmpty() && !number.equals("+") && number.equals(digits(other));
  }

  private static String digits(String phone) {
    String digits = phone.replaceAll("[^0-9]", "");
    return phone.strip().startsWith("+") ? "+" + digits : digits;
  }

  /** Against what is on file in whatever language. */
  private static DemographicResult anyLanguage(
      Claim claim, Individual person, BiPredicate<String, String> same) {
    List<String> stored = new ArrayList<>();
    for (String name : claim.attributes()) {
      switch (person.attributes().get(name)) {
        case null -> {}
        case Attribute.Plain(String value) -> stored.add(value);
        case Attribute.Localized(Map<String, String> values) -> stored.addAll(values.values());
      }
    }
    if (stored.isEmpty()) {
      return new Missing(claim);
    }
    return !claim.value().isBlank()
            && stored.stream().anyMatch(value -> same.test(claim.value(), value))
        ? new Matched(claim)
        : new Mismatch(claim);
  }

  private static DemographicResult dateOfBirth(Claim claim, Individual person) {
    Optional<String> stored = stored(claim, person, "");
    if (stored.isEmpty()) {
      return new Missing(claim);
    }
    if (claim.value().isBlank()) {
      return new Mismatch(claim);
    }
    Optional<LocalDate> claimed = DateOfBirth.parse(claim.value());
    if (claimed.isEmpty()) {
      return new UnparsableClaim(claim);
    }
    Optional<LocalDate> born = DateOfBirth.parse(stored.get());
    if (born.isEmpty()) {
      return new UnreadableStored(claim);
    }
    return born.equals(claimed) ? new Matched(claim) : new Mismatch(claim);
  }

  private static DemographicResult age(Claim claim, Individual person, LocalDate today) {
    Optional<String> stored = stored(claim, person, "");
    if (stored.isEmpty()) {
      return new Missing(claim);
    }
    if (claim.value().isBlank()) {
      return new Mismatch(claim);
    }
    OptionalInt claimed = years(claim.value());
    if (claimed.isEmpty()) {
      return new UnparsableClaim(claim);
    }
    Optional<LocalDate> born = DateOfBirth.parse(stored.get());
    if (born.isEmpty()) {
      return new UnreadableStored(claim);
    }
    return DateOfBirth.completedYears(born.get(), today) >= claimed.getAsInt()
        ? new Matched(claim)
        : new Mismatch(claim);
  }

  private @Nullable String configured(@Nullable String language) {
    if (language != null) {
      for (String candidate : languages) {
        if (candidate.equalsIgnoreCase(language)) {
          return candidate;
        }
      }
    }
    return null;
  }

  private static boolean localized(Claim claim, Individual person) {
    return claim.attributes().stream()
        .anyMatch(name -> person.attributes().get(name) instanceof Attribute.Localized);
  }

  /**
   * What is on file for a claim, its attributes joined by a blank. A value without language stands
   * for every language; but where an attribute has languages and this one is not among them, the
   * value counts as missing, though a part such as the postal code be there.
   */
  private static Optional<String> stored(Claim claim, Individual person, String language) {
    String whole = claim.whole();
    if (whole != null && person.attributes().containsKey(whole)) {
      return stored(List.of(whole), person, language);
    }
    return stored(claim.attributes(), person, language);
  }

  private static Optional<String> stored(
      List<String> attributes, Individual person, String language) {
    List<String> parts = new ArrayList<>();
    boolean hasLanguages = false;
    boolean hasThisLanguage = false;
    for (String name : attributes) {
      switch (person.attributes().get(name)) {
        case null -> {}
        case Attribute.Plain(String value) -> {
          if (!value.isBlank()) {
            parts.add(value);
          }
        }
        case Attribute.Localized(Map<String, String> values) -> {
          hasLanguages = true;
          Optional<String> value = in(language, values);
          hasThisLanguage |= value.isPresent();
          value.ifPresent(parts::add);
        }
      }
    }
    return parts.isEmpty() || (hasLanguages && !hasThisLanguage)
        ? Optional.empty()
        : Optional.of(String.join(" ", parts));
  }

  private static Optional<String> in(String language, Map<String, String> values) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(language))
        .map(Map.Entry::getValue)
        .filter(value -> !value.isBlank())
        .findFirst();
  }
}
