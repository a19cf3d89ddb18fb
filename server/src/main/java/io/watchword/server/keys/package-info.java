/**
 * Owns the server's own keys and whose certificates it trusts. {@link
 * io.watchword.server.keys.MasterKey} wraps everything that is secret at rest; {@link
 * io.watchword.server.keys.StoredKeyring} is the core's keyring over the wrapped symmetric keys;
 * {@link io.watchword.server.keys.ServerKeys} holds the key pairs with their certificates and the
 * deployment's certificate authority; {@link io.watchword.server.keys.CertificateTrust} finds the
 * path from a caller's certificate to a trusted authority.
 *
 * <p>Does not own message formats ({@code io.watchword.wire.protection}), callers and their rows
 * ({@code io.watchword.core.partner}) nor how a caller is brought in ({@code
 * io.watchword.server.partners}).
 */
@NullMarked
package io.watchword.server.keys;

import org.jspecify.annotations.NullMarked;
