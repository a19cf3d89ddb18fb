/**
 * Owns one-time codes: the {@link io.watchword.core.code.CodeSlot} in which a code lives, the rules
 * by which it is spent and frozen ({@link io.watchword.core.code.CodePolicy}), the stories that
 * make one and send it ({@link io.watchword.core.code.SendCode}) or hand it to who asked ({@link
 * io.watchword.core.code.KeyCodes}), and its way back ({@link io.watchword.core.code.CodeFactor}),
 * the one way to learn whether a code is right.
 *
 * <p>Does not own what a right code opens ({@code authentication}, {@code session}), counters over
 * slots ({@code budget}) nor letters ({@code delivery}).
 */
@NullMarked
package io.watchword.core.code;

import org.jspecify.annotations.NullMarked;
