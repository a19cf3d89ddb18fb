/**
 * Owns the messages of the kernel services, Auth Manager and OTP Manager, as records (contract
 * kernel): what server and Java client both need to know of them.
 *
 * <p>Does not own JSON itself ({@code wire.ida.Json}), nor the rules of the services (the server's
 * {@code authmanager} and {@code otpmanager}).
 */
@NullMarked
package io.watchword.wire.kernel;

import org.jspecify.annotations.NullMarked;
