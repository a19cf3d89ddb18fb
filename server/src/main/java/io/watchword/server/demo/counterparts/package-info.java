/**
 * Owns what the demo puts in the place of the world outside ({@code watchword demo --with
 * smtp,smpp}): a mail server and an SMSC on the loopback that take every letter over the real
 * protocol and lay it into the outbox, where the demo's page shows it.
 *
 * <p>Does not misbehave and is not for tests of the couriers: the test kit has counterparts for
 * that. Takes no letter from another machine.
 */
@NullMarked
package io.watchword.server.demo.counterparts;

import org.jspecify.annotations.NullMarked;
