package io.watchword.bench;

import io.watchword.core.individual.IdentifierFormats;
import io.watchword.server.Platform;
import io.watchword.server.keys.CryptoProvider;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.partners.PartnerKey;
import io.watchword.server.people.Imports;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.SettingsException;
import io.watchword.server.settings.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A data folder with people and a relying party in it, made as an operator would make it.
 *
 * @param folder holds the store and the master key
 * @param config the settings of its server
 * @param uins of the people, each with a mail address of its own
 * @param party who asks about them
 */
record Site(Path folder, Path config, List<String> uins, RelyingParty party) {

  /** The code of every person if codes are fixed. */
  static final String FIXED_CODE = "111111";

  private static final String OPERATOR = "benchmark";
  private static final String PARTNER = "bench-partner";
  private static final String POLICY = "bench-policy";
  private static final String POLICY_TEXT =
      """
      {"authTokenType": "policy",
       "allowedAuthTypes": [
         {"authType": "otp-request", "mandatory": false}, {"authType": "otp", "mandatory": false}]}
      """;

  /**
   * Makes a folder.
   *
   * @param people how many, at most 100,000
   * @param fixedCode whether their code is always {@link #FIXED_CODE}, as that of fictitious people
   *     of the demo; it is bound to its transaction and works once, like any other
   * @param more settings besides the wide budgets, in YAML; what is indented belongs to {@code
   *     server}
   */
  static Site make(Path folder, int people, boolean fixedCode, String more) throws IOException {
    Files.createDirectories(folder);
    Path config = folder.resolve("bench.yaml");
    Files.writeString(config, wide(folder) + more);
    var random = new SecureRandom();
    try (Platform platform = open(config)) {
      List<String> uins = new ArrayList<>(people);
      for (int i = 0; i < people; i++) {
        String digits = Integer.toString(200_000_000 + i * 7);
        uins.add(digits + IdentifierFormats.checkDigit(digits));
      }
      bring(platform.administration().imports(true), uins, fixedCode);
      RelyingParty.Access access = takeOn(platform);
      return new Site(
          folder,
          config,
          List.copyOf(uins),
          new RelyingParty(
              access,
              platform.keys().certificate(KeyUse.IDA_PARTNER),
              CryptoProvider.best(),
              random,
              Clock.systemUTC()));
    }
  }

  /** Opens the folder in this process; no server may have it meanwhile. */
  Platform open() {
    return open(config);
  }

  private static Platform open(Path config) {
    Settings settings = settings(config);
    return new Platform(settings, masterKey(settings), Clock.systemUTC());
  }

  /** The settings of a server on the folder. */
  static Settings settings(Path config) {
    try {
      return new SettingsReader().file(config).read().settings();
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Made at the first start, and kept in the folder. */
  static MasterKey masterKey(Settings settings) {
    return MasterKey.fromFileOrNew(
        settings.store().folder().resolve("master.key"), new SecureRandom());
  }

  /** The mail address of the person with that UIN. */
  static String mail(String uin) {
    return "p" + uin + "@people.test";
  }

  /** Budgets that nobody reaches, so that the flow is what is measured. */
  private static String wide(Path folder) {
    return """
    store: {folder: "%s"}
    budgets:
      sends-per-person-hour: 1000000
      sends-per-destination-hour: 1000000
      sends-per-destination-day: 1000000
      sends-per-prefix-hour: 1000000000
      sends-per-caller-hour: 1000000000
      sends-per-hour: 1000000000
    server:
      port: 0
      log: {level: error}
    """
        .formatted(folder);
  }

  private static void bring(Imports imports, List<String> uins, boolean fixedCode)
      throws IOException {
    var lines = new StringBuilder();
    for (String uin : uins) {
      lines
          .append(
              "{\"uin\":\"%s\",\"attributes\":{\"fullName\":{\"eng\":\"Person %s\"},"
                  .formatted(uin, uin))
          .append("\"dateOfBirth\":\"1990/02/03\",\"gender\":{\"eng\":\"Female\"},")
          .append("\"addressLine1\":{\"eng\":\"1 First Street\"},\"city\":{\"eng\":\"Town\"},")
          .append("\"email\":\"%s\"},\"preferredLanguage\":\"eng\"".formatted(mail(uin)))
          .append(fixedCode ? ",\"fictitiousCode\":\"" + FIXED_CODE + "\"}\n" : "}\n");
    }
    var summary =
        imports.run(
            OPERATOR,
            new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)),
            null,
            (line, reason) -> {
              throw new IllegalStateException("line " + line + " was refused: " + reason);
            });
    if (summary.added() != uins.size()) {
      throw new IllegalStateException("only " + summary + " of " + uins.size());
    }
  }

  private static RelyingParty.Access takeOn(Platform platform) {
    var provisioning = platform.provisioning();
    provisioning.policies().put(OPERATOR, POLICY, POLICY_TEXT);
    var onboarded =
        provisioning.onboard(
            OPERATOR, PARTNER, "Benchmark", new PartnerKey.Generated("Benchmark"), POLICY);
    return new RelyingParty.Access(
        PARTNER,
        onboarded.apiKey(),
        provisioning.issueLicence(OPERATOR, "bench-misp", List.of(), null, null),
        Objects.requireNonNull(onboarded.privateKey(), "the key that was made for the partner"),
        onboarded.chain().getFirst());
  }
}
