/**
 * Owns the story that answers "is this person who they say they are?" ({@link
 * io.watchword.core.authentication.Authenticate}), its factors, and the pseudonym under which the
 * caller knows the person.
 *
 * <p>Does not own the slot of a code ({@code code}), the person's standing ({@code individual}) nor
 * what may be learned afterwards ({@code kyc}). Text is compared behind the port {@link
 * io.watchword.core.authentication.TextMatcher}.
 */
@NullMarked
package io.watchword.core.authentication;

import org.jspecify.annotations.NullMarked;
