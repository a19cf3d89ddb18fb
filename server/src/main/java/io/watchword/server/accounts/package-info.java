/**
 * Owns how operators bring accounts, applications and their clients on file, list and disable them:
 * {@link io.watchword.server.accounts.AccountRegister} and {@link
 * io.watchword.server.accounts.ApplicationRegister}.
 *
 * <p>Does not own the rows and their rules (the core's {@code account} and {@code session}), nor
 * the commands ({@code cli}).
 */
@NullMarked
package io.watchword.server.accounts;

import org.jspecify.annotations.NullMarked;
