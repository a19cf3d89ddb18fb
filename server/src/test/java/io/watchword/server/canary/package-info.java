/**
 * The canary test: sends marked secrets and marked personal data through every way into the
 * program, with everything logged that can be logged, and then looks for them, in every spelling,
 * in all that the program leaves behind.
 *
 * <p>Does not own what an answer may tell its caller, nor the demo's outbox and keystores, which
 * hold secrets by design.
 */
@NullMarked
package io.watchword.server.canary;

import org.jspecify.annotations.NullMarked;
