package io.watchword.server.demo;

import io.watchword.core.keys.Keyring;
import io.watchword.core.partner.Licence;
import io.watchword.server.partners.Provisioning;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The demo's relying parties of the identity v1 door: the {@code tsp54321} of the source document's
 * samples, and others that are refused one thing each. Licence keys are random for each data
 * folder.
 */
public final class DemoTsp {

  /** Whom the samples name. */
  public static final String TSP_ID = "tsp54321";

  private static final String FULL = "demo-tsp-policy";
  private static final String LIMITED = "demo-tsp-limited";
  private static final String NO_KYC = "demo-tsp-no-kyc";
  private static final String OPERATOR = "demo";

  private final Provisioning provisioning;
  private final Keyring keyring;
  private final InstantSource clock;
  private final DemoCredentials credentials;

  public DemoTsp(
      Provisioning provisioning,
      Keyring keyring,
      InstantSource clock,
      DemoCredentials credentials) {
    this.provisioning = provisioning;
    this.keyring = keyring;
    this.clock = clock;
    this.credentials = credentials;
  }

  /**
   * A relying party as {@code credentials.json} tells it.
   *
   * @param kind what is special about it
   */
  public record Known(String kind, String tspId, String licenseKey) {

    /** Without the key. */
    @Override
    public String toString() {
      return "Known[" + kind + "]";
    }
  }

  /** Makes what is missing. */
  public void prepare() {
    policy(FULL, text -> text);
    policy(LIMITED, text -> text.replaceAll(".*\"(dateOfBirth|phone|email)\".*\n", ""));
    policy(NO_KYC, text -> text.replaceAll(",\\s*\\{\"authType\": \"kyc\"[^}]*}", ""));
    party(TSP_ID, "Demo TSP", FULL);
    party("tsp-limited", "Demo TSP with little data", LIMITED);
    party("tsp-no-kyc", "Demo TSP without KYC", NO_KYC);
    if (credentials.knowsTsps()) {
      return;
    }
    List<Known> known = new ArrayList<>();
    known.add(licensed("usual", TSP_ID, null));
    known.add(licensed("limited", "tsp-limited", null));
    known.add(licensed("no-kyc", "tsp-no-kyc", null));
    known.add(licensed("licence-expired", TSP_ID, clock.instant()));
    Known suspended = licensed("licence-suspended", TSP_ID, null);
    provisioning.setLicenceStatus(
        OPERATOR,
        keyring.lookup(Licence.LOOKUP_KIND, suspended.licenseKey()),
        Licence.Status.SUSPENDED);
    known.add(suspended);
    credentials.writeTsps(known);
  }

  private void policy(String id, Function<String, String> change) {
    if (provisioning.policies().show(id).isEmpty()) {
      provisioning.policies().put(OPERATOR, id, change.apply(policy()));
    }
  }

  private void party(String id, String name, String policy) {
    if (provisioning.partner(id).isEmpty()) {
      provisioning.registerTsp(OPERATOR, id, name, policy);
    }
  }

  private Known licensed(String kind, String tspId, @Nullable Instant until) {
    return new Known(
        kind, tspId, provisioning.issueLicence(OPERATOR, tspId, List.of(), null, until));
  }

  private static String policy() {
    try (InputStream resource = DemoTsp.class.getResourceAsStream("tsp-policy.json")) {
      if (resource == null) {
        throw new IllegalStateException("tsp-policy.json is missing from the program");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
