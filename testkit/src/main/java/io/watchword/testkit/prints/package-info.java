/**
 * Owns fingerprints of nobody: {@link io.watchword.testkit.prints.SyntheticFinger} is a finger by
 * its seed, grown by one of three generators that have nothing in common ({@link
 * io.watchword.testkit.prints.GaborGrowth}, {@link io.watchword.testkit.prints.PhaseSpirals},
 * {@link io.watchword.testkit.prints.ReactionDiffusion}), {@link
 * io.watchword.testkit.prints.Impression} is what a reader sees of it, and {@link
 * io.watchword.testkit.prints.MinutiaeExtractor} finds the minutiae in that.
 *
 * <p>Nothing here uses the product's matcher or its library: what finds a template must not be what
 * judges it.
 */
@NullMarked
package io.watchword.testkit.prints;

import org.jspecify.annotations.NullMarked;
