/**
 * Owns how state changes: {@link io.watchword.core.unit.Store} commits {@link
 * io.watchword.core.unit.Unit}s, each whole or not at all, over rows that are named by {@link
 * io.watchword.core.unit.Key}.
 *
 * <p>Does not own what the rows mean: each feature package declares its own {@link
 * io.watchword.core.unit.Table}s beside the records that live in them. Engines are in the module
 * {@code store}; the suite that every engine passes is in {@code testkit}.
 */
@NullMarked
package io.watchword.core.unit;

import org.jspecify.annotations.NullMarked;
