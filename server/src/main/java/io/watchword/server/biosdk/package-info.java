/**
 * Owns the client of a biometric service behind MOSIP's BioSDK service contract: the matcher
 * ({@link io.watchword.server.biosdk.BioSdkMatcher}) that has face, iris and finger compared
 * elsewhere, where the service is, and how long and how much it may be asked.
 *
 * <p>Does not own the messages ({@code io.watchword.wire.biosdk}), what an outcome does to an
 * authentication (the core), nor fingerprints that are compared here ({@code
 * io.watchword.matching.finger}).
 */
@NullMarked
package io.watchword.server.biosdk;

import org.jspecify.annotations.NullMarked;
