package io.watchword.server.couriers;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.couriers.PhoneNumbers.Bad;
import io.watchword.server.couriers.PhoneNumbers.Good;
import io.watchword.server.couriers.PhoneNumbers.Verdict;
import io.watchword.server.couriers.PhoneSettings.Format;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {

  private static Verdict check(
      String number, String country, Set<String> countries, Format format) {
    return new PhoneNumbers(
            new PhoneSettings(
                Optional.of(country).filter(each -> !each.isEmpty()), countries, format))
        .check(number);
  }

  @Test
  @DisplayName("settings that name no country, or contradict each other, are told")
  void problems() {
    assertThat(new PhoneSettings(Optional.of("XX"), Set.of("DE", "in"), Format.AS_FILED).problems())
        .hasSize(3);
    assertThat(new PhoneSettings(Optional.empty(), Set.of(), Format.E164).problems())
        .containsExactly("couriers.phones.format: e164 needs couriers.phones.country");
    assertThat(PhoneSettings.NONE.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "abc, IN, not a phone number",
    "'', IN, not a phone number",
    "٨٧٦٣٧٤٠٦٠٧, IN, not a phone number",
    "12345, IN, a phone number that nobody can have",
    "0000000000, IN, a phone number that nobody can have",
    "+999123456789, IN, not a phone number of any country",
    "+91123, IN, a phone number that nobody can have",
    "+12005550006, '', a phone number that nobody can have",
    "+15005550006, '', a phone number of a kind that takes no letter",
    "09001234567, DE, a phone number of a kind that takes no letter",
    "+18005551234, '', a phone number of a kind that takes no letter",
  })
  @DisplayName("a number that cannot be reached is refused with a reason that does not hold it")
  void bad(String number, String country, String reason) {
    assertThat(check(number, country, Set.of(), Format.AS_FILED)).isEqualTo(new Bad(reason));
  }

  @Test
  @DisplayName("only numbers of the countries in the list are reached")
  void countries() {
    assertThat(check("+4915112345678", "IN", Set.of("IN"), Format.AS_FILED))
        .isEqualTo(new Bad("a phone number of a country to which no letter is sent"));
    assertThat(check("8763740607", "", Set.of("IN"), Format.AS_FILED))
        .isEqualTo(new Bad("a phone number whose country is not known"));
    assertThat(check("8763740607", "IN", Set.of("IN"), Format.AS_FILED))
        .isEqualTo(new Good("8763740607"));
    assertThat(check("+918763740607", "", Set.of("IN"), Format.AS_FILED))
        .isEqualTo(new Good("+918763740607"));
  }

  @ParameterizedTest
  @CsvSource({
    "8763740607, IN, +918763740607",
    "(876) 374-0607, IN, +918763740607",
    "0151 12345678, DE, +4915112345678",
    "+212 612-345678, IN, +212612345678",
  })
  @DisplayName("numbers are written as E.164 where the settings say so")
  void e164(String filed, String country, String written) {
    assertThat(check(filed, country, Set.of(), Format.E164)).isEqualTo(new Good(written));
  }

  @Test
  @DisplayName("without a country, numbers are only checked for their digits")
  void withoutCountry() {
    assertThat(check("(876) 374-0607", "", Set.of(), Format.AS_FILED))
        .isEqualTo(new Good("8763740607"));
    assertThat(check("1234", "", Set.of(), Format.AS_FILED)).isEqualTo(new Good("1234"));
  }
}
