/**
 * Owns the counterpart for tests of SMPP: an SMSC that keeps what it receives ({@link
 * io.watchword.testkit.smpp.Smsc}) and refuses, throttles, hangs, cuts the line or sends receipts
 * as a test wants.
 *
 * <p>Does not own the courier under test: that is the server's {@code couriers}. It joins the parts
 * of long texts by itself, in code that shares nothing with the courier's.
 */
@NullMarked
package io.watchword.testkit.smpp;

import org.jspecify.annotations.NullMarked;
