package io.watchword.wire.cbeff;

/**
 * A version of the record or of CBEFF.
 *
 * @param major 0 to 999,999,999
 * @param minor 0 to 999,999,999
 */
public record FormatVersion(int major, int minor) {}
