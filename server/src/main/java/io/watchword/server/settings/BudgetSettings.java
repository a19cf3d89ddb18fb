package io.watchword.server.settings;

import io.watchword.core.budget.BudgetPolicy;
import io.watchword.server.settings.values.Range;
import java.time.Duration;

/**
 * The settings group {@code budgets}: limits over all doors, callers and identifiers.
 *
 * @param sendsPerPersonHour letters with a code to one person
 * @param sendsPerDestinationHour to one address, whoever it belongs to
 * @param sendsPerDestinationDay to one address
 * @param sendsPerPrefixHour to phone numbers that begin alike
 * @param sendsPerCallerHour asked by one caller
 * @param sendsPerHour in the whole deployment: the ceiling of what it may spend
 * @param wrongPerPersonAndCaller wrong codes of one person at one caller
 * @param wrongPerPerson wrong codes of one person at all callers
 * @param shut how long a full counter of wrong codes refuses; doubles each time
 * @param longestShut where doubling ends
 * @param forgotten after this long without a wrong code the counter begins anew
 */
public record BudgetSettings(
    @Range(min = "1", max = "1000000") int sendsPerPersonHour,
    @Range(min = "1", max = "1000000") int sendsPerDestinationHour,
    @Range(min = "1", max = "1000000") int sendsPerDestinationDay,
    @Range(min = "1", max = "1000000000") int sendsPerPrefixHour,
    @Range(min = "1", max = "1000000000") int sendsPerCallerHour,
    @Range(min = "1", max = "1000000000") int sendsPerHour,
    @Range(min = "1", max = "1000000") int wrongPerPersonAndCaller,
    @Range(min = "1", max = "1000000") int wrongPerPerson,
    @Range(min = "1s", max = "365d") Duration shut,
    @Range(min = "1s", max = "365d") Duration longestShut,
    @Range(min = "1s", max = "365d") Duration forgotten) {

  public BudgetSettings {
    if (longestShut.compareTo(shut) < 0) {
      throw new IllegalArgumentException("longest-shut is shorter than shut");
    }
  }

  /** As the core's rules want them. */
  public BudgetPolicy policy() {
    return new BudgetPolicy(
        sendsPerPersonHour,
        sendsPerDestinationHour,
        sendsPerDestinationDay,
        sendsPerPrefixHour,
        sendsPerCallerHour,
        sendsPerHour,
        wrongPerPersonAndCaller,
        wrongPerPerson,
        shut,
        longestShut,
        forgotten);
  }
}
