package io.watchword.core.audit;

import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Table;
import org.jspecify.annotations.Nullable;

/**
 * A link of an audit chain.
 *
 * @param digest SHA-256 of the record's canonical bytes, lower-case hexadecimal
 * @param link keyed hash over the link before and the digest
 * @param body the record; {@code null} once it was erased, which the chain survives
 */
public record AuditRow(String digest, Mac link, @Nullable AuditRecord body) {

  /** Keyed by chain, {@code /} and the sequence number in twelve digits, from 1. */
  public static final Table<AuditRow> TABLE = Table.clear("audit", AuditRow.class);
}
