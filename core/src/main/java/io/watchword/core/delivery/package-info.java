/**
 * Owns letters to people: what a {@link io.watchword.core.delivery.Letter} is, how its text is made
 * from a template ({@link io.watchword.core.delivery.Letters}), and the port through which it
 * leaves ({@link io.watchword.core.delivery.Courier}). Owns the queue of errands, the work that a
 * decision leaves behind ({@link io.watchword.core.delivery.Errands}).
 *
 * <p>Does not own providers (SMTP, SMS gateway, outbox), the files of the templates, or the runner
 * of errands: they are the server's {@code couriers}. Does not decide who may get a letter: stories
 * and budgets next door do.
 */
@NullMarked
package io.watchword.core.delivery;

import org.jspecify.annotations.NullMarked;
