/**
 * Owns one-time codes: the {@link io.watchword.core.code.CodeSlot} in which a code lives, the rules
 * by which it is spent and frozen ({@link io.watchword.core.code.CodePolicy}), and the story that
 * makes and sends one ({@link io.watchword.core.code.SendCode}).
 *
 * <p>Does not own the giving back of a code, which is a factor of an authentication ({@code
 * authentication}); that story spends it with {@link io.watchword.core.code.CodeSlot#check}, the
 * one place where a code is compared. Does not own counters over slots ({@code budget}) nor letters
 * ({@code delivery}).
 */
@NullMarked
package io.watchword.core.code;

import org.jspecify.annotations.NullMarked;
