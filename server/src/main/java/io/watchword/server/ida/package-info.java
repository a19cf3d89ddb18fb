/**
 * The door that speaks MOSIP ID Authentication (contract ida): {@code /otp}, {@code /auth}, {@code
 * /kyc} for relying parties and the public certificates.
 *
 * <p>Owns the envelope, the order of checks and the wire spelling of every refusal. Does not own
 * any rule about people, codes or callers: a request that passes the form checks is handed to one
 * story of the core. Message protection is {@code wire.protection}; keys and trust are next door in
 * {@code keys}.
 */
@NullMarked
package io.watchword.server.ida;

import org.jspecify.annotations.NullMarked;
