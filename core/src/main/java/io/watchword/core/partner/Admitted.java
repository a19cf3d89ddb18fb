package io.watchword.core.partner;

/** A caller that may go on, and what it may ask. */
public record Admitted(Partner partner, Policy policy) implements Admission.Outcome {}
