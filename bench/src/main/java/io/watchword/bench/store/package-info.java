/**
 * Owns the measure of the storage engines: units a second and units a sync, beside a limit taken in
 * the same run, which is plain JDBC writing the same rows in groups of the same size.
 *
 * <p>Does not own what is right (module {@code testkit}), only how fast it is.
 */
@NullMarked
package io.watchword.bench.store;

import org.jspecify.annotations.NullMarked;
