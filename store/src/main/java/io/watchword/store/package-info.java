/**
 * Owns what both engines share: how a row becomes bytes, and how a group of units runs over rows.
 */
@NullMarked
package io.watchword.store;

import org.jspecify.annotations.NullMarked;
