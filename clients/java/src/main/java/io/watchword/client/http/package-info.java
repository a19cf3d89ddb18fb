/**
 * Owns what the clients have in common below their wire formats: one HTTP request with a limit on
 * the time and on the length of its reply. No part of the published interface; use the clients.
 *
 * <p>Does not own addresses, headers or bodies ({@code client.ida}, {@code client.kernel}), tries
 * nothing twice and writes no log.
 */
@NullMarked
package io.watchword.client.http;

import org.jspecify.annotations.NullMarked;
