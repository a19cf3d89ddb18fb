/**
 * Owns the courier that speaks SMPP 3.4 to an SMSC: its connections, which are bound again by
 * themselves when they break ({@link io.watchword.server.couriers.smpp.SmppLink}), the encoding of
 * texts ({@link io.watchword.server.couriers.smpp.ShortMessageText}), and the count of delivery
 * receipts ({@link io.watchword.server.couriers.smpp.Receipts}).
 *
 * <p>Does not own the choice among providers, which is {@code couriers}'. jsmpp's own log is
 * silenced: it would show texts.
 */
@NullMarked
package io.watchword.server.couriers.smpp;

import org.jspecify.annotations.NullMarked;
