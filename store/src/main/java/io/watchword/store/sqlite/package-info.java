/**
 * Owns the embedded engine: one SQLite file in a data folder that one process has for itself.
 *
 * <p>{@link io.watchword.store.sqlite.SqliteStore} writes with a single thread, which commits
 * groups of units, one sync each, and moves the write-ahead log into the file between groups. Reads
 * run on platform threads of their own, because a native call would hold the carrier of a virtual
 * thread.
 *
 * <p>Does not own grouping ({@code group}) nor what a column holds ({@link
 * io.watchword.store.RowCodec}). The other engine is {@code postgres}; they share no SQL.
 */
@NullMarked
package io.watchword.store.sqlite;

import org.jspecify.annotations.NullMarked;
