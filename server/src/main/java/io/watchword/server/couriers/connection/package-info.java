/**
 * Owns what all couriers need of a connection: limits of time ({@link
 * io.watchword.server.couriers.connection.Deadline}), trust and TLS, the forms of names in their
 * settings, and the moment from which a letter may have been taken ({@link
 * io.watchword.server.couriers.connection.Handover}).
 *
 * <p>Knows no protocol and no letter: those are its neighbours' in {@code couriers}. The client of
 * biometric services, {@code server.biosdk}, uses its limits and its trust too.
 */
@NullMarked
package io.watchword.server.couriers.connection;

import org.jspecify.annotations.NullMarked;
