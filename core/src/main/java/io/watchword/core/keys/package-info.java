/**
 * Owns what the core asks of secret keys: {@link io.watchword.core.keys.Keyring} makes and checks
 * keyed hashes, turns identifiers into look-up keys and hands out the sealer of rows at rest.
 *
 * <p>Does not own the keys: they are made, wrapped, stored and rotated in the server's {@code keys}
 * package. RSA and certificates never reach the core.
 */
@NullMarked
package io.watchword.core.keys;

import org.jspecify.annotations.NullMarked;
