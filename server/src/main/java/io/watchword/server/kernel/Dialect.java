package io.watchword.server.kernel;

/** Which of the two generations of the wire format is spoken (contract kernel 0.2). */
public enum Dialect {
  /** As the source document has it. */
  SEED,
  /** As the deployed services have it. */
  KERNEL
}
