/**
 * Owns what the core asks of slow hashing: {@link io.watchword.core.secret.SlowHash} turns a
 * password or client secret into what may be stored, and compares one with it.
 *
 * <p>Does not own the algorithm (module {@code matching}), nor how often one may try ({@code
 * budget}), nor keyed hashing of short codes ({@code keys}).
 */
@NullMarked
package io.watchword.core.secret;

import org.jspecify.annotations.NullMarked;
