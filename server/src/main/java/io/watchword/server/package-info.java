/**
 * The program. {@link io.watchword.server.Platform} is where objects meet: it is the only place
 * that knows all of them, and it decides nothing.
 *
 * <p>Neighbours: {@code settings} (what an operator says), {@code keys}, {@code couriers}, {@code
 * people} and {@code partners} (what is provisioned), {@code http}, one package a door ({@code
 * ida}), {@code pages} and {@code cli}.
 */
@NullMarked
package io.watchword.server;

import org.jspecify.annotations.NullMarked;
