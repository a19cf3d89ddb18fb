/**
 * What a running server does by itself: looks for changes of cached rows each second, writes the
 * heads of the audit chains to a file outside the database each minute, and removes rows that
 * nobody needs any more.
 *
 * <p>Does not own errands, which are work for people ({@code couriers}), nor any rule: what is
 * useless and when was said by whoever wrote the row.
 */
@NullMarked
package io.watchword.server.upkeep;

import org.jspecify.annotations.NullMarked;
