/**
 * Owns the counters above the slots of one-time codes, which no door and no resend can reset: how
 * many letters may go out ({@link io.watchword.core.budget.SendWindows}, {@link
 * io.watchword.core.budget.Flood}) and how many wrong codes may be tried ({@link
 * io.watchword.core.budget.WrongCodes}, {@link io.watchword.core.budget.Guesses}), over all doors
 * and all identifiers of a person.
 *
 * <p>Does not own the tries of a single slot ({@code code}) nor what a full counter is called on a
 * wire (the doors).
 */
@NullMarked
package io.watchword.core.budget;

import org.jspecify.annotations.NullMarked;
