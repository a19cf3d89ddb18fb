/**
 * Owns the counterpart of tests of biometric matching: a service that conforms to MOSIP's BioSDK
 * service contract ({@link io.watchword.testkit.biosdk.BiometricService}), compares by equality as
 * the mock SDK of demo systems does ({@link io.watchword.testkit.biosdk.EqualitySdk}), and is slow,
 * wrong, gone or garbled when a test wants it so.
 *
 * <p>Does not own the client under test: that is the server's {@code biosdk}.
 */
@NullMarked
package io.watchword.testkit.biosdk;

import org.jspecify.annotations.NullMarked;
