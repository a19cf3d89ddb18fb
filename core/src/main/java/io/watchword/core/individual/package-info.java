/**
 * Owns the people on file: {@link io.watchword.core.individual.Individual}, their {@link
 * io.watchword.core.individual.Identifier}s (UIN, VID, HANDLE), what stands against them (locks,
 * deactivation, hot list), and the {@link io.watchword.core.individual.Directory} that finds them.
 *
 * <p>Does not own how attributes are compared ({@code authentication}) nor who may learn them
 * ({@code partner}, {@code kyc}). Identifiers never stand in clear in a row's id.
 */
@NullMarked
package io.watchword.core.individual;

import org.jspecify.annotations.NullMarked;
