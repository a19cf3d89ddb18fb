/**
 * Owns what only the demo profile has: its people ({@link io.watchword.server.demo.DemoPeople})
 * with their generated pictures.
 *
 * <p>Does not own the way people come on file: they pass through the same import as everybody
 * ({@code server.people}), from {@code config/demo/people.jsonl}.
 */
@NullMarked
package io.watchword.server.demo;

import org.jspecify.annotations.NullMarked;
