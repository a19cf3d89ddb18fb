/**
 * Owns biometric information records (BIR) of CBEFF as records, and their XML form, patron format
 * 257 / 11 of ISO/IEC 19785-3 (contract biosdk 7): {@link io.watchword.wire.cbeff.CbeffReader},
 * {@link io.watchword.wire.cbeff.CbeffWriter}.
 *
 * <p>Does not own their JSON form, which the biometric service of {@code io.watchword.wire.biosdk}
 * next door speaks, and looks into no biometric data block: ISO/IEC 19794 is a matcher's matter.
 */
@NullMarked
package io.watchword.wire.cbeff;

import org.jspecify.annotations.NullMarked;
