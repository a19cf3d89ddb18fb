/**
 * Owns the benchmarks: what a flow costs the server ({@code ida}, {@code kernel}), what grouping
 * costs and gains in the store ({@code store}), and what is left after {@code kill -9} ({@code
 * crash}). Each prints a ratio to a limit that it measured in the same run, or a count that must be
 * zero.
 *
 * <p>The server under load is a process of its own, started with the flags of production; the load
 * comes from a lean client of this package that seals and signs for real.
 *
 * <p>Does not own the server ({@code io.watchword.server}), the wire format ({@code wire}), nor
 * tests of behaviour, which are beside what they test. Nothing depends on this module.
 */
@NullMarked
package io.watchword.bench;

import org.jspecify.annotations.NullMarked;
