/**
 * Owns the records of the IDA wire format, requests and replies of {@code /otp}, {@code /auth} and
 * {@code /kyc} in the contract's order of members, and {@link io.watchword.wire.ida.Json}, the one
 * way in which they become bytes and come back (contract ida, sections 2, 4 and 5).
 *
 * <p>The request records are for writing, on the client's side. A server must tell a wrong type
 * from a missing member (2.8), so it reads requests as trees, not into these records.
 *
 * <p>Does not own rules: what a member may hold is checked by the server's door. The protection
 * around the inner request is next door in {@code io.watchword.wire.protection}.
 */
@NullMarked
package io.watchword.wire.ida;

import org.jspecify.annotations.NullMarked;
