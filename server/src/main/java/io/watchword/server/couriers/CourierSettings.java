package io.watchword.server.couriers;

import io.watchword.server.couriers.smpp.SmppSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings group {@code couriers}.
 *
 * @param outbox whether letters of a channel without provider stay in memory, to be read on the
 *     server's own page; never in production, where it would show codes
 * @param mail providers for mail, in the order in which they are tried; default none
 * @param sms providers for phones, in the order in which they are tried; default none
 * @param smpp SMSCs for phones, tried after those of {@code sms}; default none
 * @param order names of providers that are tried before the others, in this order
 * @param phones which numbers letters are sent to
 * @param breaker when a provider that fails is passed over
 * @param undelivered when no more letters go to numbers that begin alike
 * @param resendUnsure whether a letter that a provider may have taken is sent through another one,
 *     and so perhaps twice; if not, it is not sent again and counts as not sent
 * @param limits {@link CourierLimits#STANDARD} by default
 */
public record CourierSettings(
    boolean outbox,
    List<SmtpSettings> mail,
    List<SmsGatewaySettings> sms,
    List<SmppSettings> smpp,
    List<String> order,
    PhoneSettings phones,
    BreakerSettings breaker,
    UndeliveredSettings undelivered,
    boolean resendUnsure,
    CourierLimits limits) {

  /** No provider: every letter fails. */
  public static final CourierSettings NONE =
      of(false, List.of(), List.of(), List.of(), CourierLimits.STANDARD);

  public CourierSettings {
    mail = List.copyOf(mail);
    sms = List.copyOf(sms);
    smpp = List.copyOf(smpp);
    order = List.copyOf(order);
  }

  /** These providers, and everything else as it is by default. */
  public static CourierSettings of(
      boolean outbox,
      List<SmtpSettings> mail,
      List<SmsGatewaySettings> sms,
      List<SmppSettings> smpp,
      CourierLimits limits) {
    return new CourierSettings(
        outbox,
        mail,
        sms,
        smpp,
        List.of(),
        PhoneSettings.NONE,
        BreakerSettings.STANDARD,
        UndeliveredSettings.STANDARD,
        true,
        limits);
  }

  /** Everything that is wrong, each with the key that it is about; empty if all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    mail.forEach(each -> problems.addAll(each.problems()));
    sms.forEach(each -> problems.addAll(each.problems()));
    smpp.forEach(each -> problems.addAll(each.problems()));
    problems.addAll(phones.problems());
    problems.addAll(breaker.problems());
    problems.addAll(undelivered.problems());
    problems.addAll(limits.problems());
    Set<String> names = new LinkedHashSet<>();
    Stream.of(
            mail.stream().map(SmtpSettings::name),
            sms.stream().map(SmsGatewaySettings::name),
            smpp.stream().map(SmppSettings::name))
        .flatMap(each -> each)
        .filter(name -> !names.add(name) || name.equals(OutboxCourier.NAME))
        .forEach(name -> problems.add("couriers: the name \"" + name + "\" is taken already"));
    order.stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> problems.add("couriers.order: no provider has the name \"" + name + "\""));
    return problems;
  }
}
