/**
 * Owns counterparts for tests of mail: a real SMTP server that keeps what it receives ({@link
 * io.watchword.testkit.smtp.MailServer}), with TLS in front of it where a test wants that, and
 * servers that misbehave ({@link io.watchword.testkit.smtp.BrokenServer}).
 *
 * <p>Does not own the courier under test: that is the server's {@code couriers}. Everything listens
 * on 127.0.0.1 at a free port.
 */
@NullMarked
package io.watchword.testkit.smtp;

import org.jspecify.annotations.NullMarked;
