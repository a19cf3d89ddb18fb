/**
 * Owns what a caller may learn: {@link io.watchword.core.kyc.ShareIdentity} authenticates and, if
 * every factor is right, gives out the attributes and languages that the caller's policy allows.
 *
 * <p>Does not own the form in which they travel: names, JSON and encryption are the doors'.
 */
@NullMarked
package io.watchword.core.kyc;

import org.jspecify.annotations.NullMarked;
