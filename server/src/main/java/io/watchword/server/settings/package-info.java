/**
 * Owns the settings: which keys there are (the records below {@link
 * io.watchword.server.settings.Settings}), where values come from ({@link
 * io.watchword.server.settings.SettingsReader}: the defaults of {@code config/watchword.yaml}, a
 * profile, a file, the environment, the command line), and a strict start: an unknown key or a bad
 * value stops it, and all of them are told at once ({@link
 * io.watchword.server.settings.SettingsException}).
 *
 * <p>Does not own what a value does; its user is named at each record. Defaults stand in the file
 * alone and nowhere in code.
 */
@NullMarked
package io.watchword.server.settings;

import org.jspecify.annotations.NullMarked;
