/**
 * Owns how fingerprints are read and compared: {@link io.watchword.matching.finger.FingerRecord}
 * says what the bytes of a capture are and refuses hostile ones before any library sees them,
 * {@link io.watchword.matching.finger.SourceAfisMatcher} compares.
 *
 * <p>Does not own who may be compared with whom, how often, nor what a door answers: that is the
 * core's {@code authentication}, which calls this package through its port {@code
 * BiometricMatcher}. Irises and faces are compared elsewhere.
 */
@NullMarked
package io.watchword.matching.finger;

import org.jspecify.annotations.NullMarked;
