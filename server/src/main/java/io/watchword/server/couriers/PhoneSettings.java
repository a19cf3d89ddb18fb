package io.watchword.server.couriers;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.watchword.server.settings.values.Default;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings group {@code couriers.phones}: which numbers letters are sent to.
 *
 * @param country whose numbers are filed without their country code: ISO 3166-1 alpha-2; empty:
 *     such numbers are only checked for their digits
 * @param countries to which letters are sent; empty: to all
 * @param format how numbers are handed to the providers
 */
public record PhoneSettings(
    Optional<String> country, Set<String> countries, @Default("as-filed") Format format) {

  /** Every number as it is filed. */
  public static final PhoneSettings NONE =
      new PhoneSettings(Optional.empty(), Set.of(), Format.AS_FILED);

  /** How numbers are handed over. */
  public enum Format {
    /** Without punctuation, otherwise as it stands on file. */
    AS_FILED,
    /** A plus, the country's code and the number (ITU-T E.164). */
    E164
  }

  public PhoneSettings {
    countries = Set.copyOf(countries);
  }

  /** Everything that is wrong, each with its key. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<String> known = PhoneNumberUtil.getInstance().getSupportedRegions();
    country
        .filter(each -> !known.contains(each))
        .ifPresent(each -> problems.add("couriers.phones.country: no country: " + each));
    countries.stream()
        .filter(each -> !known.contains(each))
        .sorted()
        .forEach(each -> problems.add("couriers.phones.countries: no country: " + each));
    if (country.isPresent() && !countries.isEmpty() && !countries.contains(country.get())) {
      problems.add("couriers.phones.countries: does not hold the country of couriers.phones");
    }
    if (format == Format.E164 && country.isEmpty()) {
      problems.add("couriers.phones.format: e164 needs couriers.phones.country");
    }
    return problems;
  }
}
