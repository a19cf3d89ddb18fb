/**
 * Owns what the doors of the kernel services have in common (contract kernel 1): the envelope in
 * both dialects, the members of a request in both spellings, where a token stands, and who may call
 * with it.
 *
 * <p>Does not own the services themselves ({@code authmanager}, {@code otpmanager}), tokens ({@code
 * tokens}) nor messages as records (module {@code wire}).
 */
@NullMarked
package io.watchword.server.kernel;

import org.jspecify.annotations.NullMarked;
