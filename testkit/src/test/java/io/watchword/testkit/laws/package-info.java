/**
 * Owns the laws of the core's stories, as tests over every store engine: what contract ida 6.1 to
 * 6.6 says of codes, callers and people, what must hold whatever is done at once, and what the
 * audit can prove. They stand here because the core does not know the engines.
 *
 * <p>Does not own the engines' own contract ({@code store}) nor how a refusal is spelled on a wire
 * (the doors).
 */
@NullMarked
package io.watchword.testkit.laws;

import org.jspecify.annotations.NullMarked;
