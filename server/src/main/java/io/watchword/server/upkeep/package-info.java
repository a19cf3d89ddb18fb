/**
 * What a running server does by itself: looks for changes of cached rows each second, writes the
 * counts of refused strangers and, to a file outside the database, the heads of the audit chains,
 * and removes rows that nobody needs any more. What operators see of the store is here too.
 *
 * <p>Does not own errands, which are work for people ({@code couriers}), nor any rule: what is
 * useless and when was said by whoever wrote the row.
 */
@NullMarked
package io.watchword.server.upkeep;

import org.jspecify.annotations.NullMarked;
