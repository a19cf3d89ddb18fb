/**
 * Owns the door that speaks Auth Manager (contract kernel A): codes that are sent to log in with,
 * logging in, and tokens, in both dialects.
 *
 * <p>Does not own envelope and token cookies ({@code kernel}), codes that are handed to the caller
 * ({@code otpmanager}), nor the stories themselves (the core's {@code code} and {@code session}).
 */
@NullMarked
package io.watchword.server.authmanager;

import org.jspecify.annotations.NullMarked;
