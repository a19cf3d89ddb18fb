package io.watchword.wire.kernel;

/**
 * An entry of {@code errors} (contract kernel 1.2).
 *
 * @param errorCode for example {@code KER-ATH-401}
 * @param message for people
 */
public record KernelError(String errorCode, String message) {}
