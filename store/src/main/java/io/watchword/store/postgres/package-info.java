/**
 * Owns the scale-out engine: several nodes over one PostgreSQL, each committing its own groups.
 *
 * <p>{@link io.watchword.store.postgres.PostgresStore} locks the rows that exist with {@code SELECT
 * … FOR UPDATE}, in the order of their keys. Rows that are absent cannot be locked; see {@link
 * io.watchword.store.postgres.GroupWrites} for how two nodes that create the same one, or decide by
 * its absence, are kept apart. Access is by key alone, without sequences, table locks, advisory
 * locks or LISTEN, so that PostgreSQL's distributed kin can stand in.
 *
 * <p>Does not own grouping ({@code group}) nor what a column holds ({@link
 * io.watchword.store.RowCodec}). The other engine is {@code sqlite}; they share no SQL.
 */
@NullMarked
package io.watchword.store.postgres;

import org.jspecify.annotations.NullMarked;
