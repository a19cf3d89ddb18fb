/**
 * Owns time in tests: a clock that moves when the test moves it. Whatever asks for an {@link
 * java.time.InstantSource} may be given it.
 */
@NullMarked
package io.watchword.testkit.time;

import org.jspecify.annotations.NullMarked;
