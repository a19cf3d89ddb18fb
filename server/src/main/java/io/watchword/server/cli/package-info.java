/**
 * The command line ({@code ./watchword help}). Every command is a thin caller of a story or of
 * {@link io.watchword.server.Server}; it owns words, exit codes and progress, and no rule.
 *
 * <p>Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
 */
@NullMarked
package io.watchword.server.cli;

import org.jspecify.annotations.NullMarked;
