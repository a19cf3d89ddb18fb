/**
 * Owns the messages of MOSIP's BioSDK service contract, spec version 1.0, and the one way in which
 * they become bytes and come back (contract biosdk 1 to 5): what both the server, as a client of
 * such a service, and the test service need to know.
 *
 * <p>The records that are sent about, {@code Bir} and its parts, are those of {@code
 * io.watchword.wire.cbeff} next door; here is their JSON form. Does not own what an outcome means
 * for a person: that is the server's {@code biosdk}.
 */
@NullMarked
package io.watchword.wire.biosdk;

import org.jspecify.annotations.NullMarked;
