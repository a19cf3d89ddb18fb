package io.watchword.bench;

import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.server.Platform;
import io.watchword.server.accounts.AccountLine;
import io.watchword.server.mobile.MobileRegister;
import io.watchword.server.people.LineRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A data folder with a portal, an app and accounts, made as an operator would make it.
 *
 * @param accounts how many people have one
 */
record MobileSite(Site site, String portalSecret, int accounts) {

  private static final String OPERATOR = "benchmark";
  private static final String SERVER = "https://bench.example";
  private static final String APP = "bench-app";
  private static final String PORTAL = "bench-portal";
  private static final String PASSWORD = "correct-horse-battery";

  static MobileSite make(Path folder, int accounts) throws IOException {
    Site site =
        Site.make(
            folder,
            1,
            true,
            """
              public-url: %s
            couriers: {outbox: true}
            doors:
              kernel:
                passwords: {memory: 64KiB, passes: 1}
              mobile:
                apps: [%s]
                passwords: true
                starts-per-hour: 10000000
                tokens: {life: 1h}
            """
                .formatted(SERVER, APP));
    try (Platform platform = site.open()) {
      for (int i = 0; i < accounts; i++) {
        platform
            .administration()
            .accounts()
            .put(
                OPERATOR,
                new AccountLine(
                    user(i), user(i) + "@people.test", null, null, null, null, null, PASSWORD));
      }
      MobileRegister register = platform.administration().mobile();
      register.put(OPERATOR, type());
      String secret =
          register
              .put(
                  OPERATOR,
                  new MobileRegister.Portal(
                      PORTAL,
                      "Bench",
                      Set.of(PortalClient.Scope.MOBILE_AUTHENTICATION),
                      List.of(),
                      List.of(),
                      false,
                      null,
                      true))
              .orElseThrow();
      return new MobileSite(site, secret, accounts);
    } catch (LineRefused e) {
      throw new IllegalStateException(e);
    }
  }

  private static MobileType type() {
    MobileType usual = MobileType.standard("bench", Map.of("en", "Log in?"));
    return new MobileType(
        usual.name(),
        Duration.ofMinutes(5),
        usual.defaultMessages(),
        null,
        usual.decideWithin(),
        usual.redeemWithin(),
        usual.rotation(),
        usual.confirmation(),
        true,
        false,
        false,
        usual.onMismatch(),
        usual.maxWrongCodes(),
        usual.maxBadAnswers(),
        usual.pollInterval());
  }

  private static String user(int number) {
    return "user-" + number;
  }

  MobilePortal portal(String url) {
    return new MobilePortal(url, PORTAL, portalSecret);
  }

  /** A phone for each account. */
  List<MobilePhone> enroll(String url) throws IOException {
    List<MobilePhone> phones = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      var phone = new MobilePhone(url, SERVER, "device-" + i);
      phone.enroll(APP, user(i), PASSWORD);
      phones.add(phone);
    }
    return phones;
  }
}
