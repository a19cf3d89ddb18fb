/**
 * Owns what a session looks like outside: {@link io.watchword.server.tokens.Tokens} signs it as a
 * JSON Web Token and reads it back, {@link io.watchword.server.tokens.PublishedKeys} tells others
 * the keys by which they can judge one.
 *
 * <p>Does not own sessions and whether one has ended (the core's {@code session}), the keys ({@code
 * keys}), nor where a token stands in a request (the doors).
 */
@NullMarked
package io.watchword.server.tokens;

import org.jspecify.annotations.NullMarked;
