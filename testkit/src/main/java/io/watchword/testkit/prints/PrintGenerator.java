package io.watchword.testkit.prints;

/** Grows fingers. The same seed is the same finger, on every machine. */
public interface PrintGenerator {

  /** The ridges of one finger. */
  Ridges grow(long seed);
}
