package io.watchword.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.time.HandClock;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.DecryptionKeys.Answer;
import io.watchword.wire.protection.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeysTest {

  private static final MasterKey MASTER = MasterKey.fromText("test", "11".repeat(32));

  @TempDir Path folder;

  private Store store;
  private Keeper keeper;

  private final HandClock clock = new HandClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final SecureRandom random = new SecureRandom();

  @BeforeEach
  void openStore() {
    store = KeysStore.open(folder);
    keeper = new Keeper("op", AuditTrail.open(store, new TestKeyring(), "chain", clock.instant()));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void anotherMasterKeyIsRefusedAtStart() {
    open(MASTER);
    MasterKey other = MasterKey.fromText("the file wrong.key", "22".repeat(32));
    assertThatThrownBy(() -> open(other))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("the file wrong.key");
  }

  @Test
  void anUnknownThumbprintHasNoKeyAndThatOfAnotherUseNeither() {
    ServerKeys keys = open(MASTER);
    assertThat(keys.byThumbprint(new Thumbprint("0".repeat(64)))).isEqualTo(new Answer.Unknown());
    Thumbprint signing = Thumbprint.of(keys.certificate(KeyUse.IDA_SIGN));
    assertThat(keys.byThumbprint(signing)).isEqualTo(new Answer.Unknown());
  }

  @Test
  void devicesAndRelyingPartiesEncryptToDifferentKeys() {
    ServerKeys keys = open(MASTER);
    Thumbprint partner = Thumbprint.of(keys.certificate(KeyUse.IDA_PARTNER));
    Thumbprint device = Thumbprint.of(keys.certificate(KeyUse.IDA_FIR));
    assertThat(keys.forDevices().byThumbprint(partner)).isEqualTo(new Answer.Unknown());
    assertThat(keys.byThumbprint(device)).isEqualTo(new Answer.Unknown());
    assertThat(keys.forDevices().byThumbprint(device)).isInstanceOf(Answer.Found.class);
    keys.rotate(keeper, KeyUse.IDA_FIR, clock.instant());
    clock.move(StoredKeyring.LEAD);
    keys.refresh();
    assertThat(Thumbprint.of(keys.certificate(KeyUse.IDA_FIR))).isNotEqualTo(device);
    assertThat(keys.forDevices().byThumbprint(device)).isInstanceOf(Answer.Found.class);
  }

  @Test
  void certificatesAreGivenOutOnlyUnderKnownNames() throws Exception {
    ServerKeys keys = open(MASTER);
    assertThat(keys.certificatePem("IDA", "UNKNOWN")).isEmpty();
    assertThat(keys.certificatePem("ida", "PARTNER")).isEmpty();
    assertThat(keys.certificatePem("", "")).isEmpty();
    for (String reference : List.of("PARTNER", "SIGN", "IDA-FIR")) {
      String pem = keys.certificatePem("IDA", reference).orElseThrow();
      X509Certificate certificate = Certificates.parse(pem.getBytes(StandardCharsets.US_ASCII));
      assertThat(certificate)
          .isEqualTo(keys.certificate(KeyUse.named("IDA", reference).orElseThrow()));
      certificate.verify(keys.certificate(KeyUse.ROOT_CA).getPublicKey());
    }
  }

  @Test
  void theFormerKeyStillDecryptsButSignsNoMore() throws Exception {
    ServerKeys keys = open(MASTER);
    Thumbprint oldPartner = Thumbprint.of(keys.certificate(KeyUse.IDA_PARTNER));
    SigningKey oldSigning = keys.signingKey();
    keys.rotate(keeper, KeyUse.IDA_PARTNER, clock.instant());
    keys.rotate(keeper, KeyUse.IDA_SIGN, clock.instant());
    assertThat(keys.signingKey()).isSameAs(oldSigning);
    assertThat(states(keys, KeyUse.IDA_SIGN))
        .isEqualTo(Map.of(1, KeyState.CURRENT, 2, KeyState.NEXT));

    clock.move(StoredKeyring.LEAD);
    keys.refresh();
    assertThat(states(keys, KeyUse.IDA_SIGN))
        .isEqualTo(Map.of(1, KeyState.FORMER, 2, KeyState.CURRENT));
    SigningKey signing = keys.signingKey();
    assertThat(signing.id()).isNotEqualTo(oldSigning.id());
    assertThat(signed(signing, oldSigning.certificate())).isFalse();
    assertThat(signed(signing, signing.certificate())).isTrue();
    assertThat(keys.byThumbprint(oldPartner)).isInstanceOf(Answer.Found.class);
    Thumbprint partner = Thumbprint.of(keys.certificate(KeyUse.IDA_PARTNER));
    assertThat(partner).isNotEqualTo(oldPartner);
    assertThat(keys.byThumbprint(partner)).isInstanceOf(Answer.Found.class);
  }

  @Test
  void onlyAFormerPairIsDestroyedAndItsKeyIsGone() {
    ServerKeys keys = open(MASTER);
    Thumbprint old = Thumbprint.of(keys.certificate(KeyUse.IDA_PARTNER));
    assertThatThrownBy(() -> keys.destroy(keeper, KeyUse.IDA_PARTNER, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.destroy(keeper, KeyUse.IDA_PARTNER, 2))
        .isInstanceOf(IllegalArgumentException.class);
    keys.rotate(keeper, KeyUse.IDA_PARTNER, clock.instant());
    assertThatThrownBy(() -> keys.destroy(keeper, KeyUse.IDA_PARTNER, 2))
        .isInstanceOf(IllegalArgumentException.class);
    clock.move(StoredKeyring.LEAD);
    keys.destroy(keeper, KeyUse.IDA_PARTNER, 1);
    assertThat(keys.byThumbprint(old)).isEqualTo(new Answer.Expired());
    assertThat(store.read(KeyPairRow.key(KeyUse.IDA_PARTNER, 1)).wrapped()).isEmpty();
    assertThat(states(keys, KeyUse.IDA_PARTNER))
        .isEqualTo(Map.of(1, KeyState.DESTROYED, 2, KeyState.CURRENT));
    assertThat(open(MASTER).byThumbprint(old)).isEqualTo(new Answer.Expired());
  }

  @Test
  void everyRotationAndDestructionIsInTheAuditOnce() {
    ServerKeys keys = open(MASTER);
    keys.rotate(keeper, KeyUse.IDA_SIGN, clock.instant());
    keys.rotate(keeper, KeyUse.IDA_SIGN, clock.instant()); // one is waiting already
    clock.move(StoredKeyring.LEAD);
    keys.destroy(keeper, KeyUse.IDA_SIGN, 1);
    List<AuditRecord> records =
        store.scan(AuditRow.TABLE, "chain/", 100).stream()
            .map(entry -> Objects.requireNonNull(entry.row().body()))
            .filter(record -> record.event() == AuditRecord.Event.ADMINISTRATION)
            .toList();
    String label = KeyUse.IDA_SIGN.label();
    assertThat(records).extracting(AuditRecord::caller).containsExactly("op", "op");
    assertThat(records)
        .extracting(AuditRecord::factors)
        .containsExactly(
            List.of("key.rotate=" + label, "version=2"),
            List.of("key.destroy=" + label, "version=1"));
  }

  @Test
  void withoutAnAuditNoKeyIsMade() {
    ServerKeys keys = open(MASTER);
    int before = keys.list().size();
    keeper.audit().close(store, clock.instant());
    assertThatThrownBy(() -> keys.rotate(keeper, KeyUse.IDA_SIGN, clock.instant()))
        .isInstanceOf(StoreUnavailable.class);
    keys.refresh();
    assertThat(keys.list()).hasSize(before);
  }

  @Test
  void aKeyWhoseCertificateHasEndedIsExpired() {
    ServerKeys keys = open(MASTER);
    Thumbprint thumbprint = Thumbprint.of(keys.certificate(KeyUse.IDA_PARTNER));
    clock.move(KeyUse.IDA_PARTNER.validity());
    assertThat(keys.byThumbprint(thumbprint)).isEqualTo(new Answer.Expired());
  }

  @Test
  void theRootDoesNotRotate() {
    ServerKeys keys = open(MASTER);
    assertThatThrownBy(() -> keys.rotate(keeper, KeyUse.ROOT_CA, clock.instant()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherNodeSeesARotationAfterItsRefresh() {
    ServerKeys node = open(MASTER);
    ServerKeys other = open(MASTER);
    other.rotate(keeper, KeyUse.IDA_SIGN, clock.instant().plus(Duration.ofHours(1)));
    node.refresh();
    clock.move(Duration.ofHours(1).minusSeconds(1));
    node.refresh();
    assertThat(node.signingKey().certificate()).isEqualTo(other.signingKey().certificate());
    clock.move(Duration.ofSeconds(1));
    String before = node.signingKey().id();
    node.refresh();
    other.refresh();
    assertThat(node.signingKey().id()).isNotEqualTo(before).isEqualTo(other.signingKey().id());
  }

  @Test
  void nodesThatStartAtOnceEndWithOneRoot() throws Exception {
    List<Future<String>> pending = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int node = 0; node < 3; node++) {
        Callable<String> opening = () -> open(MASTER).signingKey().id();
        pending.add(executor.submit(opening));
      }
    }
    ServerKeys keys = open(MASTER);
    for (Future<String> id : pending) {
      assertThat(id.get()).isEqualTo(keys.signingKey().id());
    }
    assertThat(keys.list()).hasSize(KeyUse.values().length);
    for (KeyUse use : KeyUse.values()) {
      keys.certificate(use).verify(keys.certificate(KeyUse.ROOT_CA).getPublicKey());
    }
    assertThat(store.scan(CaCertificate.TABLE, "", 100)).hasSize(2);
  }

  private ServerKeys open(MasterKey master) {
    return ServerKeys.open(
        store,
        new ServerKeys.Setup(master, Algorithms.ofJdk(), "Example Identity Authority"),
        random,
        clock);
  }

  private static Map<Integer, KeyState> states(ServerKeys keys, KeyUse use) {
    return keys.list().stream()
        .filter(entry -> entry.use() == use)
        .collect(Collectors.toMap(ServerKeys.Listed::version, ServerKeys.Listed::state));
  }

  private static boolean signed(SigningKey key, X509Certificate by) throws Exception {
    byte[] message = "message".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key.privateKey());
    signature.update(message);
    byte[] value = signature.sign();
    signature.initVerify(by);
    signature.update(message);
    return signature.verify(value);
  }
}
