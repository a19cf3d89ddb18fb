/**
 * Owns what is the same in every engine: units wait in a bounded queue ({@link
 * io.watchword.store.group.CommitQueue}), are taken in groups, and run over their rows in memory
 * ({@link io.watchword.store.group.Group}).
 *
 * <p>Does not own SQL, connections or transactions: an engine loads a group's rows, writes its net
 * changes, commits, and tells the group what came of it. Nothing here is used outside the module.
 */
@NullMarked
package io.watchword.store.group;

import org.jspecify.annotations.NullMarked;
