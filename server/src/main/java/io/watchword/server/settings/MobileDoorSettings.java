package io.watchword.server.settings;

import io.watchword.core.mobile.EnrolDevice;
import io.watchword.server.settings.values.Form;
import io.watchword.server.settings.values.Range;
import java.time.Duration;
import java.util.Set;

/**
 * The settings group {@code doors.mobile} (contract mobile, mostly 1.1 and 2.2).
 *
 * @param enabled whether there is such a door at all
 * @param apps ids of the apps that may log people in
 * @param appOrigins from which apps in browsers and web views call
 * @param appLink what links into the app begin with; empty: there are none
 * @param passwords whether apps may log people in by password
 * @param startsPerHour logins that one portal may start
 * @param callbacksInside whether portals may be called back in private networks and without TLS
 * @param enrollment of devices
 * @param tokens of people who are logged in to an app
 */
public record MobileDoorSettings(
    boolean enabled,
    Set<String> apps,
    Set<String> appOrigins,
    @Form(value = "(https://[^#\\s]+)?", says = "is no https address without #") String appLink,
    boolean passwords,
    @Range(min = "1", max = "100000000") int startsPerHour,
    boolean callbacksInside,
    EnrollmentSettings enrollment,
    AppTokens tokens) {

  public MobileDoorSettings {
    apps = Set.copyOf(apps);
    appOrigins = Set.copyOf(appOrigins);
  }

  /**
   * @param enabled whether devices may be enrolled
   * @param mode what a second device means
   * @param mostDevices of one account; 0: no limit
   * @param freshLogin how old a login may be with which a device is enrolled
   */
  public record EnrollmentSettings(
      boolean enabled,
      EnrolDevice.Mode mode,
      @Range(min = "0", max = "1000") int mostDevices,
      @Range(min = "10s", max = "1d") Duration freshLogin) {}

  /**
   * @param life of an access token
   * @param renewable how long after logging in it may be renewed
   */
  public record AppTokens(
      @Range(min = "1m", max = "1d") Duration life,
      @Range(min = "1m", max = "400d") Duration renewable) {}
}
