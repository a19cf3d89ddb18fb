package io.watchword.core.budget;

import java.time.Duration;

/**
 * How much is allowed above the slots.
 *
 * @param sendsPerPersonHour letters with a code to one person
 * @param sendsPerDestinationHour to one address, whoever it belongs to
 * @param sendsPerDestinationDay to one address
 * @param sendsPerPrefixHour SMS to numbers that begin alike
 * @param sendsPerCallerHour asked by one caller
 * @param sendsPerHour in the whole deployment: the spend ceiling
 * @param wrongPerPersonAndCaller wrong codes of one person at one caller before that caller is shut
 *     out from the person
 * @param wrongPerPerson wrong codes of one person, whoever asked, before the person is shut
 * @param shut how long the first time; doubles each time
 * @param longestShut what doubling ends at
 * @param forgotten after this long without a wrong code the counters begin anew
 */
public record BudgetPolicy(
    int sendsPerPersonHour,
    int sendsPerDestinationHour,
    int sendsPerDestinationDay,
    int sendsPerPrefixHour,
    int sendsPerCallerHour,
    int sendsPerHour,
    int wrongPerPersonAndCaller,
    int wrongPerPerson,
    Duration shut,
    Duration longestShut,
    Duration forgotten) {

  /** The same, but for how much one caller may ask for. */
  public BudgetPolicy withSendsPerCallerHour(int most) {
    return new BudgetPolicy(
        sendsPerPersonHour,
        sendsPerDestinationHour,
        sendsPerDestinationDay,
        sendsPerPrefixHour,
        most,
        sendsPerHour,
        wrongPerPersonAndCaller,
        wrongPerPerson,
        shut,
        longestShut,
        forgotten);
  }

  /** What production starts with. */
  public static final BudgetPolicy DEFAULT =
      new BudgetPolicy(
          10,
          10,
          30,
          1_000,
          10_000,
          20_000,
          10,
          30,
          Duration.ofMinutes(30),
          Duration.ofHours(24),
          Duration.ofHours(24));
}
