/**
 * Owns being logged in: the stories by which somebody gets in ({@link
 * io.watchword.core.session.LogIn}), the {@link io.watchword.core.session.Session} that they then
 * have, and {@link io.watchword.core.session.Sessions}, the one place that opens, renews, judges
 * and ends them.
 *
 * <p>Does not own who is on file ({@code account}, {@code individual}), nor what a session looks
 * like as a token on a wire (the server's {@code tokens}).
 */
@NullMarked
package io.watchword.core.session;

import org.jspecify.annotations.NullMarked;
