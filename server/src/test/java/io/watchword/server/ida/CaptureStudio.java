package io.watchword.server.ida;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.keys.Keyring;
import io.watchword.core.partner.Admission;
import io.watchword.core.unit.CachedRows;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Store;
import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.CertificateTrust;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.KeysStore;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.keys.SeenCertificates;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.Signers;
import io.watchword.server.keys.StoredKeyring;
import io.watchword.server.keys.TrustedSigners;
import io.watchword.server.partners.Provisioning;
import io.watchword.testkit.device.CaptureOrder;
import io.watchword.testkit.device.DeviceAuthority;
import io.watchword.testkit.device.Shot;
import io.watchword.testkit.device.SoftwareDevice;
import io.watchword.testkit.time.HandClock;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.SampleEnvelope;
import io.watchword.wire.protection.SessionEnvelope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * A server's keys and trust, and a device whose authorities it trusts, for the tests of biometrics
 * in this package.
 */
final class CaptureStudio implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  static final String TRANSACTION = "1234567890";
  static final String DOMAIN = "https://host";
  static final String ENV = "Staging";

  static final IdaSettings SETTINGS = IdaSettings.defaults(List.of(DOMAIN));

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final MasterKey MASTER = MasterKey.fromText("test", "11".repeat(32));

  private final HandClock clock = new HandClock(NOW);
  private final Algorithms algorithms = Algorithms.ofJdk();
  private final Store store;
  private final ServerKeys keys;
  private final Keyring keyring;
  private final Provisioning provisioning;
  private final Signers signers;
  private final SoftwareDevice device;

  CaptureStudio(Path folder) {
    this.store = KeysStore.open(folder);
    this.keys =
        ServerKeys.open(store, new ServerKeys.Setup(MASTER, algorithms, "Example"), RANDOM, clock);
    Instant from = NOW.minus(Duration.ofDays(1));
    var devices = new DeviceAuthority("Device authority", from, RANDOM);
    var trustModules = new DeviceAuthority("Trust module authority", from, RANDOM);
    this.keyring = StoredKeyring.open(store, MASTER, algorithms, RANDOM, clock);
    var trust = new CertificateTrust(store);
    this.provisioning =
        new Provisioning(
            store,
            keyring,
            keys,
            trust,
            AuditTrail.open(store, keyring, "test-1", NOW),
            RANDOM,
            clock);
    trust(Domain.DEVICE, devices);
    trust(Domain.FTM, trustModules);
    trust.refresh();
    this.signers = new TrustedSigners(new SeenCertificates(Algorithms.ofJdk()), trust);
    this.device = new SoftwareDevice(devices, trustModules, RANDOM);
  }

  private void trust(Domain domain, DeviceAuthority authority) {
    try {
      provisioning.authorities().trust("test", domain, authority.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  Provisioning provisioning() {
    return provisioning;
  }

  /** What the filter checks lean on, as the door makes it. */
  Gate gate() {
    return new Gate(
        SETTINGS,
        algorithms,
        new SessionEnvelope(algorithms, RANDOM),
        keys,
        signers,
        checks(true),
        new Admission(new CachedRows(store, Generation.CALLERS), keyring));
  }

  ServerKeys keys() {
    return keys;
  }

  /** A device that nobody has heard of, whatever its authorities are called. */
  SoftwareDevice strangersDevice() {
    Instant from = NOW.minus(Duration.ofDays(1));
    return new SoftwareDevice(
        new DeviceAuthority("Device authority", from, RANDOM),
        new DeviceAuthority("Trust module authority", from, RANDOM),
        RANDOM);
  }

  CaptureOrder order() {
    return new CaptureOrder(keys.certificate(KeyUse.IDA_FIR), TRANSACTION, DOMAIN, ENV, NOW);
  }

  ArrayNode capture(Shot... shots) {
    return device.capture(order(), List.of(shots));
  }

  BiometricChecks checks(boolean hashChain) {
    return new BiometricChecks(
        algorithms,
        SETTINGS.algorithms(),
        signers,
        new SampleEnvelope(algorithms, RANDOM),
        keys.forDevices(),
        hashChain);
  }

  List<Capture> open(JsonNode elements) throws RefusedException {
    return checks(true).open(list(elements), NOW);
  }

  /** What the server has of those shots when they have passed the filter. */
  List<Capture> captures(Shot... shots) {
    try {
      return open(capture(shots));
    } catch (RefusedException e) {
      throw new AssertionError(e.refusal().toString(), e);
    }
  }

  interface Check {
    void run() throws RefusedException;
  }

  /** Why a check refuses. */
  static Refusal refusal(Check check) {
    try {
      check.run();
    } catch (RefusedException e) {
      return e.refusal();
    }
    throw new AssertionError("nothing was refused");
  }

  static List<JsonNode> list(JsonNode elements) {
    var list = new ArrayList<JsonNode>();
    elements.forEach(list::add);
    return list;
  }

  static Shot finger(String position) {
    return Shot.of("Finger", position, bytes("FIR " + position));
  }

  static Shot iris(String position) {
    return Shot.of("Iris", position, bytes("IIR " + position));
  }

  static Shot face() {
    return Shot.of("Face", "", bytes("FAC"));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    store.close();
  }
}
