/**
 * Owns the protection of messages: AES-GCM blobs, session keys under RSA-OAEP, certificate
 * thumbprints and detached JWS signatures (contract ida, section 3), for server and client alike.
 *
 * <p>{@link io.watchword.wire.protection.Algorithms} is the one place where JCA objects come from;
 * everything else here says what the bytes look like.
 *
 * <p>Does not own keys, certificates on file or trust: which private key answers to a thumbprint,
 * and whether a certificate's path ends in a trusted CA, is the server's business. The records that
 * travel inside the protection are next door in {@code io.watchword.wire.ida}.
 */
@NullMarked
package io.watchword.wire.protection;

import org.jspecify.annotations.NullMarked;
