package io.watchword.server.settings;

import io.watchword.server.settings.values.Range;
import java.time.Duration;

/**
 * The settings group {@code codes}: what the one-time codes of all doors have in common.
 *
 * @param digits of a code
 * @param lifetime from the request on
 */
public record CodeSettings(
    @Range(min = "4", max = "10") int digits, @Range(min = "30s", max = "1h") Duration lifetime) {}
