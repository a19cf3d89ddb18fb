/**
 * The pages that a server shows to people: in the demo, the letters, the recent requests with the
 * reason of each refusal, and the people on file.
 *
 * <p>Owns the {@link io.watchword.server.pages.RequestLog}, which doors tell how each request
 * ended. Holds no secret and no code of its own: what the outbox shows is the outbox's.
 */
@NullMarked
package io.watchword.server.pages;

import org.jspecify.annotations.NullMarked;
