package io.watchword.core.audit;

import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Table;

/**
 * Where a chain ends now.
 *
 * @param sequence number of the last record; 0 for a chain without any
 * @param link of the last record
 * @param closed whether the chain takes no more records
 */
public record ChainHead(long sequence, Mac link, boolean closed) {

  /** Keyed by chain. */
  public static final Table<ChainHead> TABLE = Table.clear("audit_heads", ChainHead.class);

  /** The head of a chain that has no record. */
  public static final ChainHead EMPTY = new ChainHead(0, new Mac(0, ""), false);
}
