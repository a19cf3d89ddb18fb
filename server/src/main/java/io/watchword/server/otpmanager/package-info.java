/**
 * Owns the door that speaks OTP Manager (contract kernel B): codes for keys, handed to an
 * application that has logged in, and their way back.
 *
 * <p>Does not own envelope and callers ({@code kernel}), codes that are sent to people ({@code
 * authmanager}), nor the story itself (the core's {@code code}).
 */
@NullMarked
package io.watchword.server.otpmanager;

import org.jspecify.annotations.NullMarked;
