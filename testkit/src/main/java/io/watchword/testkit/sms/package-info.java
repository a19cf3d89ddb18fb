/**
 * Owns the counterpart for tests of text messages: an HTTP gateway that records what it is asked
 * ({@link io.watchword.testkit.sms.SmsGateway}) and answers, refuses or hangs as a test wants.
 *
 * <p>Does not own the courier under test: that is the server's {@code couriers}.
 */
@NullMarked
package io.watchword.testkit.sms;

import org.jspecify.annotations.NullMarked;
