/**
 * Owns what settings records are made of: types of values that the JDK lacks ({@link
 * io.watchword.server.settings.values.Secret}, sizes, networks) and the rules that their components
 * may carry ({@link io.watchword.server.settings.values.Range} and others).
 *
 * <p>A package of its own, so that a feature can declare its settings record beside their user
 * while the reader next door knows every group. Knows none of its neighbours.
 */
@NullMarked
package io.watchword.server.settings.values;

import org.jspecify.annotations.NullMarked;
