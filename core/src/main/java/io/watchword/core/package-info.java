/**
 * The domain: what a one-time code is, who is on file, who may ask what, and how a decision falls.
 * Knows no HTTP, no SQL and no JSON; a package is a feature.
 *
 * <p>The packages in the order in which they build on each other: {@code unit} and {@code keys};
 * {@code audit}, {@code budget}, {@code delivery}, {@code individual}, {@code partner}; {@code
 * code}; {@code authentication}; {@code kyc}.
 */
@NullMarked
package io.watchword.core;

import org.jspecify.annotations.NullMarked;
