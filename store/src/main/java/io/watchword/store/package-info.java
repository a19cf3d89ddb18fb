/**
 * Owns how rows lie in a database, whichever engine keeps them: {@link io.watchword.store.RowCodec}
 * turns a record into a column and back, {@link io.watchword.store.Tables} is the list of tables
 * that an engine was opened with, {@link io.watchword.store.DatabaseFormat} refuses a database of a
 * newer Watchword, {@link io.watchword.store.FolderLock} keeps a second process out of a data
 * folder.
 *
 * <p>Every table has one shape: {@code id}, {@code body}, {@code useless_after} (milliseconds since
 * 1970, null if the row stays; a partial index serves the sweep). A clear body is a TEXT column, so
 * that an operator reads it with {@code sqlite3} or {@code psql} (and asks with {@code
 * json_extract} or {@code body::jsonb}); it is not JSONB, which would refuse {@code \u0000},
 * reorder members, cost a parse a write and differ between engines. A sealed body is BLOB or BYTEA:
 * base64 would be a third longer and no more readable. Tables are made from the list, not by a
 * migration each.
 *
 * <p>Does not own what rows mean (module {@code core}). Next door: {@code group} (units in groups),
 * {@code sqlite} and {@code postgres} (the engines). The suite that both engines pass, and the
 * engines' own tests, are in {@code testkit}, which depends on this module and not the reverse.
 */
@NullMarked
package io.watchword.store;

import org.jspecify.annotations.NullMarked;
