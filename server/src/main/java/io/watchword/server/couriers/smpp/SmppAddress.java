package io.watchword.server.couriers.smpp;

import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;

/** An address as messages carry it (SMPP 3.4, 5.2.5 to 5.2.9): without the plus. */
record SmppAddress(TypeOfNumber type, NumberingPlanIndicator plan, String digits) {

  private static final int LONGEST_SHORT_CODE = 8;

  /** A number of a person. */
  static SmppAddress of(String number) {
    return number.startsWith("+")
        ? new SmppAddress(
            TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, number.substring(1))
        : new SmppAddress(TypeOfNumber.UNKNOWN, NumberingPlanIndicator.ISDN, number);
  }

  /** The sender, with its type and plan as the settings have them or as its form tells. */
  static SmppAddress sender(SmppSettings settings) {
    SmppAddress told = sender(settings.from());
    return new SmppAddress(
        settings.fromTon().map(ton -> TypeOfNumber.valueOf(ton.byteValue())).orElse(told.type()),
        settings
            .fromNpi()
            .map(npi -> NumberingPlanIndicator.valueOf(npi.byteValue()))
            .orElse(told.plan()),
        told.digits());
  }

  private static SmppAddress sender(String from) {
    if (!from.matches("\\+?[0-9]+")) {
      return new SmppAddress(TypeOfNumber.ALPHANUMERIC, NumberingPlanIndicator.UNKNOWN, from);
    }
    return !from.startsWith("+") && from.length() <= LONGEST_SHORT_CODE
        ? new SmppAddress(TypeOfNumber.NETWORK_SPECIFIC, NumberingPlanIndicator.ISDN, from)
        : of(from);
  }
}
