/**
 * Owns the client of relying parties for the IDA service: {@link
 * io.watchword.client.ida.Authenticator} asks for codes, authenticates individuals and fetches
 * their identity, over the same wire and from the same configuration file as the published Python
 * client.
 *
 * <p>Start with {@link io.watchword.client.ida.AuthenticatorConfig#read}. Everything here is
 * immutable and thread-safe. What a method cannot do it says by an {@link
 * io.watchword.client.ida.AuthenticatorException}; a returned result is always a success.
 *
 * <p>Does not own the wire format or its protection ({@code io.watchword.wire}), keeps no state
 * between calls and writes no log.
 */
@NullMarked
package io.watchword.client.ida;

import org.jspecify.annotations.NullMarked;
