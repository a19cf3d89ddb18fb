package io.watchword.core.audit;

import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Table;

/**
 * Where a chain ends now.
 *
 * @param sequence number of the last record; 0 for a chain without any
 * @param link of the last record
 */
public record ChainHead(long sequence, Mac link) {

  /** Keyed by chain. */
  public static final Table<ChainHead> TABLE = Table.clear("audit_heads", ChainHead.class);

  /** The head of a chain that has no record. */
  public static final ChainHead EMPTY = new ChainHead(0, new Mac(0, ""));
}
