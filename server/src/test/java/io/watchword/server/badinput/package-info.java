/**
 * Tests that no input, however wrong, gets anything but the contract's answer: bent requests by the
 * thousand, replays, full disks, dead mail servers, crowds. All of them over real HTTP against the
 * demo.
 *
 * <p>Does not own slow and broken connections, which {@code http} proves on raw sockets, nor the
 * single rows of the contract, which the golden conversations prove.
 */
@NullMarked
package io.watchword.server.badinput;

import org.jspecify.annotations.NullMarked;
