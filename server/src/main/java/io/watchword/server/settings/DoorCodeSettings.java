package io.watchword.server.settings;

import io.watchword.server.settings.values.Range;
import java.time.Duration;

/**
 * How the one-time codes of one door are frozen.
 *
 * @param tries the wrong code with this number freezes
 * @param freeze how long
 * @param floodWindow in which requests for codes of a person are counted
 * @param floodRequests in that window; more are refused
 */
public record DoorCodeSettings(
    @Range(min = "1", max = "100") int tries,
    @Range(min = "1s", max = "30d") Duration freeze,
    @Range(min = "1s", max = "1d") Duration floodWindow,
    @Range(min = "1", max = "1000000") int floodRequests) {}
