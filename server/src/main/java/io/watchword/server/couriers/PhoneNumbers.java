package io.watchword.server.couriers;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.regex.Pattern;

/**
 * Checks numbers before a letter costs money. What cannot be a number anywhere is refused always;
 * one whose country is known is judged by that country's numbering plan, and expensive and special
 * kinds (premium rate, shared cost, personal numbers, pagers, voicemail) get no letter.
 */
final class PhoneNumbers {

  private static final Pattern PUNCTUATION = Pattern.compile("[ ()./-]");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{4,15}");

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
  private final PhoneSettings settings;

  PhoneNumbers(PhoneSettings settings) {
    this.settings = settings;
  }

  sealed interface Verdict permits Good, Bad {}

  /**
   * @param to as the settings want it to be written
   */
  record Good(String to) implements Verdict {}

  /**
   * @param reason without the number
   */
  record Bad(String reason) implements Verdict {}

  Verdict check(String filed) {
    String written = PUNCTUATION.matcher(filed).replaceAll("");
    if (!NUMBER.matcher(written).matches()) {
      return new Bad("not a phone number");
    }
    boolean international = written.startsWith("+");
    if (!international && settings.country().isEmpty()) {
      return settings.countries().isEmpty()
          ? new Good(written)
          : new Bad("a phone number whose country is not known");
    }
    try {
      return judge(plans.parse(written, settings.country().orElse(null)), written);
    } catch (NumberParseException e) {
      return new Bad("not a phone number of any country");
    }
  }

  private Verdict judge(PhoneNumber number, String written) {
    if (!plans.isValidNumber(number)) {
      return new Bad("a phone number that nobody can have");
    }
    String country = plans.getRegionCodeForNumber(number);
    if (!settings.countries().isEmpty() && !settings.countries().contains(country)) {
      return new Bad("a phone number of a country to which no letter is sent");
    }
    if (!takesLetters(plans.getNumberType(number))) {
      return new Bad("a phone number of a kind that takes no letter");
    }
    return new Good(
        settings.format() == PhoneSettings.Format.E164
            ? plans.format(number, PhoneNumberFormat.E164)
            : written);
  }

  private static boolean takesLetters(PhoneNumberType type) {
    return switch (type) {
      case PREMIUM_RATE, SHARED_COST, TOLL_FREE, PERSONAL_NUMBER, PAGER, VOICEMAIL, UAN -> false;
      default -> true;
    };
  }
}
