/**
 * Owns the client of applications for the kernel services Auth Manager and OTP Manager: {@link
 * io.watchword.client.kernel.KernelClient} has codes sent, logs people in by them, renews their
 * tokens, makes and validates codes for keys, and keeps the application's own token. It reads both
 * dialects of the wire, that of the API's documentation and that of the deployed services (contract
 * kernel 0.2).
 *
 * <p>Start with {@link io.watchword.client.kernel.KernelClientConfig#builder}. Everything here is
 * thread-safe. What a method cannot do it says by a {@link
 * io.watchword.client.kernel.KernelException}; a method that returns has succeeded.
 *
 * <p>Does not own HTTP itself ({@code io.watchword.client.http}) nor JSON ({@code
 * io.watchword.wire}), keeps nothing but the application's token and writes no log.
 */
@NullMarked
package io.watchword.client.kernel;

import org.jspecify.annotations.NullMarked;
