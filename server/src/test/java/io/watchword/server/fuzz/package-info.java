/**
 * Owns coverage-guided fuzzing of what strangers' bytes reach first: the two requests of identity
 * v1, CBEFF XML, and records of fingers. {@link io.watchword.server.fuzz.Fuzzer} has Jazzer bend
 * examples in a process of its own; a target says what must hold of each input.
 *
 * <p>Does not own tests of meaning: those are beside what they test. Requests to the door ida,
 * which are signed and sealed, are bent by {@code badinput}.
 */
@NullMarked
package io.watchword.server.fuzz;

import org.jspecify.annotations.NullMarked;
