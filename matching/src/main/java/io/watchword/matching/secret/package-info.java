/**
 * Owns slow hashing of passwords and client secrets: {@link
 * io.watchword.matching.secret.Argon2Hash}.
 *
 * <p>Does not own how often one may try (the core's {@code budget}) nor who has a password ({@code
 * account}).
 */
@NullMarked
package io.watchword.matching.secret;

import org.jspecify.annotations.NullMarked;
