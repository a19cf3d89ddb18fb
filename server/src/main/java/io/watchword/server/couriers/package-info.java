/**
 * Owns how letters leave: the providers (SMTP, SMS gateway over HTTP, the outbox in memory; SMPP in
 * {@code smpp}), the choice among them with its time limits and breakers ({@link
 * io.watchword.server.couriers.Couriers}), the check of phone numbers, the files of the letters'
 * templates ({@link io.watchword.server.couriers.LetterFiles}) and the runner of errands ({@link
 * io.watchword.server.couriers.ErrandRunner}).
 *
 * <p>Does not own what a letter says or to whom it may go: that is {@code core.delivery} and the
 * stories. Nothing here logs an address or a text.
 */
@NullMarked
package io.watchword.server.couriers;

import org.jspecify.annotations.NullMarked;
