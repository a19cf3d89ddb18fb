package io.watchword.server.couriers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings group {@code couriers}.
 *
 * @param outbox whether letters of a channel without provider stay in memory, to be read on the
 *     server's own page; never in production, where it would show codes
 * @param mail providers for mail, in the order in which they are tried; default none
 * @param sms providers for phones, in the order in which they are tried; default none
 * @param limits {@link CourierLimits#STANDARD} by default
 */
public record CourierSettings(
    boolean outbox, List<SmtpSettings> mail, List<SmsGatewaySettings> sms, CourierLimits limits) {

  /** No provider: every letter fails. */
  public static final CourierSettings NONE =
      new CourierSettings(false, List.of(), List.of(), CourierLimits.STANDARD);

  public CourierSettings {
    mail = List.copyOf(mail);
    sms = List.copyOf(sms);
  }

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /** Whether a provider may be called so. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Everything that is wrong, each with the key that it is about; empty if all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    mail.forEach(each -> problems.addAll(each.problems()));
    sms.forEach(each -> problems.addAll(each.problems()));
    problems.addAll(limits.problems());
    Set<String> names = new LinkedHashSet<>();
    Stream.concat(mail.stream().map(SmtpSettings::name), sms.stream().map(SmsGatewaySettings::name))
        .filter(name -> !names.add(name) || name.equals(OutboxCourier.NAME))
        .forEach(name -> problems.add("couriers: the name \"" + name + "\" is taken already"));
    return problems;
  }
}
