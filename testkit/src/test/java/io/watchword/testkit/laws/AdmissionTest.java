package io.watchword.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.CoreTables;
import io.watchword.core.keys.Keyring;
import io.watchword.core.partner.Admission;
import io.watchword.core.partner.AdmissionRefusal;
import io.watchword.core.partner.Admitted;
import io.watchword.core.partner.ApiKey;
import io.watchword.core.partner.Licence;
import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Partner.Status;
import io.watchword.core.partner.Policy;
import io.watchword.core.unit.CachedRows;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.store.PlainUnit;
import io.watchword.testkit.store.StoreEngine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract ida 6.1: the rows of the table in their order, and what is cached of callers. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class AdmissionTest {

  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final Instant PAST = NOW.minusMillis(1);
  private static final Instant FUTURE = NOW.plusMillis(1);
  private static final byte[] CERTIFICATE = {1, 2, 3};
  private static final String OWN = sha256(CERTIFICATE);
  private static final String PROVIDER = sha256(new byte[] {4});
  private static final String FORMER = sha256(new byte[] {5});
  private static final String STRANGER = sha256(new byte[] {6});

  @Parameter StoreEngine engine;

  private final Keyring keyring = new TestKeyring();
  private Store store;
  private CachedRows cached;

  /** Everything that a request brings and that it meets; faults are made in it. */
  private static final class World {
    String partnerId = "bank";
    String apiKey = "key";
    String licence = "licence";
    String certificate = OWN;
    Status partner = Status.ACTIVE;
    boolean policyOnFile = true;
    Status policy = Status.ACTIVE;
    Instant policyFrom = PAST;
    Instant policyUntil = FUTURE;
    Status key = Status.ACTIVE;
    Instant keyFrom = PAST;
    Instant keyUntil = FUTURE;
    Licence.Status licenced = Licence.Status.ACTIVE;
    Status owner = Status.ACTIVE;
    Instant licenceFrom = PAST;
    Instant licenceUntil = FUTURE;
  }

  private record Fault(String name, AdmissionRefusal answer, Consumer<World> make) {}

  /** In the order of the table; faults of one row stand side by side. */
  private static final List<Fault> FAULTS =
      List.of(
          fault("1 no such key", AdmissionRefusal.NOT_REGISTERED, w -> w.apiKey = "other"),
          fault(
              "1 a key of another partner",
              AdmissionRefusal.NOT_REGISTERED,
              w -> w.partnerId = "Bank"),
          fault(
              "2 partner deleted",
              AdmissionRefusal.NOT_REGISTERED,
              w -> w.partner = Status.DELETED),
          fault(
              "3 partner inactive",
              AdmissionRefusal.PARTNER_INACTIVE,
              w -> w.partner = Status.INACTIVE),
          fault("4 no policy", AdmissionRefusal.POLICY_DELETED, w -> w.policyOnFile = false),
          fault(
              "4 policy deleted", AdmissionRefusal.POLICY_DELETED, w -> w.policy = Status.DELETED),
          fault(
              "5 policy inactive",
              AdmissionRefusal.POLICY_INACTIVE,
              w -> w.policy = Status.INACTIVE),
          fault("5 policy not yet", AdmissionRefusal.POLICY_INACTIVE, w -> w.policyFrom = FUTURE),
          fault("5 policy over", AdmissionRefusal.POLICY_INACTIVE, w -> w.policyUntil = PAST),
          fault("6 key deleted", AdmissionRefusal.NOT_REGISTERED, w -> w.key = Status.DELETED),
          fault("7 key inactive", AdmissionRefusal.API_KEY_INACTIVE, w -> w.key = Status.INACTIVE),
          fault(
              "8 key not yet", AdmissionRefusal.API_KEY_OUTSIDE_ITS_TIME, w -> w.keyFrom = FUTURE),
          fault("8 key over", AdmissionRefusal.API_KEY_OUTSIDE_ITS_TIME, w -> w.keyUntil = PAST),
          fault(
              "10 another certificate",
              AdmissionRefusal.OTHER_CERTIFICATE,
              w -> w.certificate = STRANGER),
          fault("11 no licence", AdmissionRefusal.LICENCE_UNKNOWN, w -> w.licence = "other"),
          fault(
              "11 licence deleted",
              AdmissionRefusal.LICENCE_UNKNOWN,
              w -> w.licenced = Licence.Status.DELETED),
          fault(
              "11 provider deleted",
              AdmissionRefusal.LICENCE_UNKNOWN,
              w -> w.owner = Status.DELETED),
          fault(
              "12 licence inactive",
              AdmissionRefusal.LICENCE_INACTIVE,
              w -> w.licenced = Licence.Status.BLOCKED),
          fault(
              "12 provider inactive",
              AdmissionRefusal.LICENCE_INACTIVE,
              w -> w.owner = Status.INACTIVE),
          fault(
              "11 licence not yet, tested after the status",
              AdmissionRefusal.LICENCE_UNKNOWN,
              w -> w.licenceFrom = FUTURE),
          fault("13 licence over", AdmissionRefusal.LICENCE_EXPIRED, w -> w.licenceUntil = PAST));

  private static Fault fault(String name, AdmissionRefusal answer, Consumer<World> make) {
    return new Fault(name, answer, make);
  }

  @BeforeEach
  void open() {
    Deployment deployment = Deployment.over(engine);
    store = deployment.store;
    cached = new CachedRows(store, Generation.CALLERS);
    cached.refresh();
    assertThat(CoreTables.ALL).contains(Partner.TABLE, ApiKey.TABLE, Licence.TABLE, Policy.TABLE);
  }

  private <V> void put(Key<V> key, V row) {
    boolean _ =
        store.commit(
            PlainUnit.over(
                key,
                Generation.CALLERS,
                rows -> {
                  rows.put(key, row);
                  Generation.raise(rows, Generation.CALLERS);
                  return true;
                }));
  }

  private void settle(World world) {
    put(
        Partner.TABLE.key("bank"),
        new Partner("bank", "Bank", world.partner, CERTIFICATE, FORMER, null));
    put(
        ApiKey.TABLE.key(keyring.lookup(ApiKey.LOOKUP_KIND, "key")),
        new ApiKey(
            "bank",
            world.policyOnFile ? "policy" : "none",
            world.key,
            world.keyFrom,
            world.keyUntil));
    put(
        Policy.TABLE.key("policy"),
        new Policy(
            "policy",
            world.policy,
            world.policyFrom,
            world.policyUntil,
            Set.of(),
            List.of(),
            List.of(),
            List.of(),
            Policy.Pseudonym.PARTNER,
            Map.of()));
    put(
        Licence.TABLE.key(keyring.lookup(Licence.LOOKUP_KIND, "licence")),
        new Licence(
            "misp",
            world.owner,
            PROVIDER,
            world.licenced,
            world.licenceFrom,
            world.licenceUntil,
            null));
    cached.refresh();
  }

  private Admission.Outcome ask(World world) {
    return new Admission(cached, keyring)
        .admit(world.licence, world.partnerId, world.apiKey, world.certificate, NOW);
  }

  @Test
  void eachFaultAloneIsAnsweredAsItsRowSays() {
    for (Fault fault : FAULTS) {
      var world = new World();
      fault.make().accept(world);
      settle(world);
      assertThat(ask(world)).as(fault.name()).isEqualTo(new Admission.Refused(fault.answer()));
    }
  }

  @Test
  void ofTwoFaultsAtOnceTheEarlierIsAnswered() {
    for (int i = 0; i < FAULTS.size(); i++) {
      for (int j = i + 1; j < FAULTS.size(); j++) {
        var world = new World();
        // The later one first: where both are about one thing, the earlier row's stands.
        FAULTS.get(j).make().accept(world);
        FAULTS.get(i).make().accept(world);
        settle(world);
        assertThat(ask(world))
            .as(FAULTS.get(i).name() + " and " + FAULTS.get(j).name())
            .isEqualTo(new Admission.Refused(FAULTS.get(i).answer()));
      }
    }
  }

  @Test
  void aCallerWithoutFaultIsAdmittedByItsOwnItsFormerOrItsProvidersCertificate() {
    for (String certificate : List.of(OWN, FORMER, PROVIDER)) {
      var world = new World();
      world.certificate = certificate;
      settle(world);
      Admission.Outcome outcome = ask(world);
      assertThat(outcome).isInstanceOf(Admitted.class);
      assertThat(((Admitted) outcome).partner().id()).isEqualTo("bank");
    }
  }

  @Test
  void timesHoldAtTheirFirstAndAtTheirLastInstant() {
    var world = new World();
    world.policyFrom = NOW;
    world.policyUntil = NOW;
    world.keyFrom = NOW;
    world.keyUntil = NOW;
    world.licenceFrom = NOW;
    settle(world);
    assertThat(ask(world)).isInstanceOf(Admitted.class);
  }

  @Test
  void anEmptyOrEndlessPathSegmentIsRefusedLikeAnyOther() {
    settle(new World());
    for (String odd : List.of("", " ", "x".repeat(10_000), "bank\u0000", "/")) {
      var world = new World();
      world.partnerId = odd;
      assertThat(ask(world)).isEqualTo(new Admission.Refused(AdmissionRefusal.NOT_REGISTERED));
      world = new World();
      world.apiKey = odd;
      assertThat(ask(world)).isEqualTo(new Admission.Refused(AdmissionRefusal.NOT_REGISTERED));
      world = new World();
      world.licence = odd;
      assertThat(ask(world)).isEqualTo(new Admission.Refused(AdmissionRefusal.LICENCE_UNKNOWN));
    }
  }

  @Test
  void aSuspensionWorksAfterTheNextRefreshAndNotBefore() {
    var world = new World();
    settle(world);
    assertThat(ask(world)).isInstanceOf(Admitted.class);
    put(
        Partner.TABLE.key("bank"),
        new Partner("bank", "Bank", Status.INACTIVE, CERTIFICATE, FORMER, null));
    assertThat(ask(world)).isInstanceOf(Admitted.class);
    cached.refresh();
    assertThat(ask(world)).isEqualTo(new Admission.Refused(AdmissionRefusal.PARTNER_INACTIVE));
  }

  @Test
  void aChangeThatRaisesNoGenerationIsNotSeen() {
    var world = new World();
    settle(world);
    assertThat(ask(world)).isInstanceOf(Admitted.class);
    Key<Partner> key = Partner.TABLE.key("bank");
    boolean _ =
        store.commit(
            PlainUnit.over(
                key,
                rows -> {
                  rows.delete(key);
                  return true;
                }));
    cached.refresh();
    assertThat(ask(world)).isInstanceOf(Admitted.class);
  }

  @Test
  void anUnknownKeyIsNotRememberedAsUnknown() {
    var world = new World();
    assertThat(ask(world)).isEqualTo(new Admission.Refused(AdmissionRefusal.NOT_REGISTERED));
    CachedRows before = cached;
    cached = new CachedRows(store, Generation.CALLERS);
    settle(world);
    cached = before; // without a refresh: what is there now is simply read
    assertThat(ask(world)).isInstanceOf(Admitted.class);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
