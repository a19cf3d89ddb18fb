/**
 * Owns what app and server must agree on to the byte in mobile authentication (contract mobile 3.2
 * to 3.4): what is signed, how a scanned code is written, and device keys as JWK.
 *
 * <p>Does not own the state of a transaction (the core's {@code mobile}) nor the routes (the
 * server's {@code mobile}).
 */
@NullMarked
package io.watchword.wire.mobile;

import org.jspecify.annotations.NullMarked;
