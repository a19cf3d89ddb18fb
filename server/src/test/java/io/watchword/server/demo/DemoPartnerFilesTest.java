package io.watchword.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.keys.Keyring;
import io.watchword.core.partner.Admission;
import io.watchword.core.partner.Admitted;
import io.watchword.core.partner.Policy.Action;
import io.watchword.core.unit.CachedRows;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Store;
import io.watchword.server.keys.CertificateTrust;
import io.watchword.server.keys.Certificates;
import io.watchword.server.keys.Keeper;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.KeysStore;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.StoredKeyring;
import io.watchword.server.partners.Provisioning;
import io.watchword.testkit.time.HandClock;
import io.watchword.wire.protection.Algorithms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPartnerFilesTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final MasterKey MASTER = MasterKey.fromText("test", "11".repeat(32));

  /** A store with its keys made, copied for each test: five RSA key pairs take their time. */
  @TempDir static Path template;

  @TempDir Path data;

  private final HandClock clock = new HandClock(Instant.parse("2026-01-02T03:04:05Z"));
  private Store store;
  private Keyring keyring;
  private ServerKeys keys;
  private Provisioning provisioning;

  @BeforeAll
  static void makeKeys() {
    try (Store store = KeysStore.open(template)) {
      openKeys(store, new HandClock(Instant.parse("2026-01-02T03:04:05Z")));
    }
  }

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    Files.copy(template.resolve("watchword.db"), folder.resolve("watchword.db"));
    store = KeysStore.open(folder);
    keyring = StoredKeyring.open(store, MASTER, Algorithms.ofJdk(), RANDOM, clock);
    keys = openKeys(store, clock);
    provisioning =
        new Provisioning(
            store,
            keyring,
            keys,
            new CertificateTrust(store),
            AuditTrail.open(store, keyring, "test-1", clock.instant()),
            RANDOM,
            clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static ServerKeys openKeys(Store store, HandClock clock) {
    return ServerKeys.open(
        store, new ServerKeys.Setup(MASTER, Algorithms.ofJdk(), "Watchword Demo"), RANDOM, clock);
  }

  @Test
  void thePartnerOfTheFilesIsAdmittedAndAStrangerWithItsKeyIsNot() throws IOException {
    Map<String, String> entries = entries(prepare("http://127.0.0.1:8080"));
    var admission = new Admission(new CachedRows(store, Generation.CALLERS), keyring);
    String signed =
        Certificates.sha256(
            Certificates.stored(provisioning.partner("demo-partner").orElseThrow().certificate()));
    String licence = entries.get("partner_misp_lk");
    String apiKey = entries.get("partner_apikey");
    String partner = entries.get("partner_id");
    assertThat(admission.admit(licence, partner, apiKey, "0".repeat(64), clock.instant()))
        .isInstanceOf(Admission.Refused.class);
    assertThat(admission.admit(licence, partner, licence, signed, clock.instant()))
        .isInstanceOf(Admission.Refused.class);
    var admitted = (Admitted) admission.admit(licence, partner, apiKey, signed, clock.instant());
    assertThat(admitted.policy().allowed())
        .containsExactlyInAnyOrder(
            Action.OTP_REQUEST,
            Action.OTP,
            Action.DEMO,
            Action.BIO_FINGER,
            Action.BIO_IRIS,
            Action.BIO_FACE,
            Action.KYC);
    assertThat(admitted.policy().mandatory()).isEmpty();
    assertThat(admitted.policy().attributes()).contains("fullName", "face").hasSize(8);
    assertThat(admitted.policy().languages()).containsExactly("eng", "ara", "fra");
  }

  @Test
  void everyKeyOfTheContractIsThereAndPathsAreAbsolute() throws IOException {
    Map<String, String> entries = entries(prepare("http://127.0.0.1:8080"));
    assertThat(entries.keySet())
        .containsExactlyInAnyOrder(
            "timestamp_format",
            "ida_auth_version",
            "ida_auth_request_demo_id",
            "ida_auth_request_kyc_id",
            "ida_auth_request_otp_id",
            "ida_auth_env",
            "authorization_header_constant",
            "partner_id",
            "partner_apikey",
            "partner_misp_lk",
            "ida_auth_domain_uri",
            "ida_auth_url",
            "symmetric_key_size",
            "symmetric_nonce_size",
            "symmetric_gcm_tag_size",
            "encrypt_cert_path",
            "decrypt_p12_file_path",
            "decrypt_p12_file_password",
            "algorithm",
            "sign_p12_file_path",
            "sign_p12_file_password",
            "log_file_path",
            "log_format",
            "loglevel");
    assertThat(entries.values()).doesNotContain("");
    assertThat(entries).containsEntry("ida_auth_url", "http://127.0.0.1:8080/idauthentication/v1");
    for (String path :
        List.of("encrypt_cert_path", "decrypt_p12_file_path", "sign_p12_file_path")) {
      assertThat(Path.of(entries.get(path))).isAbsolute().isRegularFile();
    }
    try (var files = Files.walk(data)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(4)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void aLaterStartSetsTheAddressAndKeepsTheRest() throws IOException {
    Path configuration = prepare("http://127.0.0.1:8080");
    Map<String, byte[]> before = contents();
    prepare("http://127.0.0.1:8080");
    assertThat(contents()).usingRecursiveComparison().isEqualTo(before);

    Files.writeString(
        configuration, Files.readString(configuration).replace("\"INFO\"", "\"DEBUG\""));
    Map<String, String> first = entries(configuration);
    Map<String, String> second = entries(prepare("http://127.0.0.1:9090"));
    assertThat(second).containsEntry("ida_auth_domain_uri", "http://127.0.0.1:9090");
    assertThat(second).containsEntry("loglevel", "DEBUG");
    assertThat(second.get("partner_apikey")).isEqualTo(first.get("partner_apikey"));
    assertThat(contents().get("keystore_signed.p12")).isEqualTo(before.get("keystore_signed.p12"));
  }

  @Test
  void aLostFileIsMadeAnewWithItsPartner() throws IOException {
    Map<String, String> first = entries(prepare("http://127.0.0.1:8080"));
    Files.delete(data.resolve("partner/keystore.p12"));
    Map<String, String> second = entries(prepare("http://127.0.0.1:8080"));
    assertThat(second.get("partner_apikey")).isNotEqualTo(first.get("partner_apikey"));
    assertThat(data.resolve("partner/keystore.p12")).isRegularFile();
    assertThat(provisioning.partners()).hasSize(1);
  }

  @Test
  void theEncryptionCertificateIsTheCurrentOne() throws IOException {
    prepare("http://127.0.0.1:8080");
    Path file = data.resolve("partner/ida_partner.pem");
    assertThat(Files.readString(file))
        .isEqualTo(Certificates.pem(keys.certificate(KeyUse.IDA_PARTNER)));
    keys.rotate(
        new Keeper("op", AuditTrail.open(store, keyring, "test-2", clock.instant())),
        KeyUse.IDA_PARTNER,
        clock.instant());
    clock.move(Duration.ofSeconds(10));
    keys.refresh();
    String former = Files.readString(file);
    prepare("http://127.0.0.1:8080");
    assertThat(Files.readString(file))
        .isNotEqualTo(former)
        .isEqualTo(Certificates.pem(keys.certificate(KeyUse.IDA_PARTNER)));
  }

  @Test
  void openSslReadsBothKeystores() throws Exception {
    assumeTrue(runs("openssl", "version"), "openssl is not installed");
    Map<String, String> entries = entries(prepare("http://127.0.0.1:8080"));
    for (String kind : List.of("sign", "decrypt")) {
      String output =
          run(
              "openssl",
              "pkcs12",
              "-in",
              entries.get(kind + "_p12_file_path"),
              "-passin",
              "pass:" + entries.get(kind + "_p12_file_password"),
              "-info",
              "-nokeys");
      assertThat(output)
          .contains("MAC: sha256")
          .contains("PBES2, PBKDF2, AES-256-CBC")
          .contains("hmacWithSHA256")
          .contains("BEGIN CERTIFICATE");
    }
  }

  @Test
  void pythonReadsBothKeystoresAndTheirKeysAreTheSame() throws Exception {
    assumeTrue(
        runs("python3", "-c", "import cryptography"),
        "python3 with its package cryptography is not installed");
    Map<String, String> entries = entries(prepare("http://127.0.0.1:8080"));
    String program =
        """
        import sys
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.serialization import pkcs12
        from cryptography.x509 import load_pem_x509_certificate
        unsigned, signed, pem = sys.argv[1], sys.argv[3], sys.argv[5]
        key, own, none = pkcs12.load_key_and_certificates(
            open(unsigned, 'rb').read(), sys.argv[2].encode())
        key2, certificate, chain = pkcs12.load_key_and_certificates(
            open(signed, 'rb').read(), sys.argv[4].encode())
        assert key.private_numbers() == key2.private_numbers()
        assert own.issuer == own.subject and none == []
        assert certificate.issuer != certificate.subject and len(chain) == 2
        assert own.subject == certificate.subject
        load_pem_x509_certificate(open(pem, 'rb').read())
        print(certificate.fingerprint(hashes.SHA256()).hex().upper())
        """;
    String output =
        run(
            "python3",
            "-c",
            program,
            entries.get("decrypt_p12_file_path"),
            entries.get("decrypt_p12_file_password"),
            entries.get("sign_p12_file_path"),
            entries.get("sign_p12_file_password"),
            entries.get("encrypt_cert_path"));
    assertThat(output.strip())
        .isEqualTo(
            Certificates.sha256(
                Certificates.stored(
                    provisioning.partner("demo-partner").orElseThrow().certificate())));
  }

  @Test
  void pythonReadsTheConfigurationAlsoInAFolderWithAnOddName() throws Exception {
    assumeTrue(
        runs("python3", "-c", "import tomllib"), "python3 of at least 3.11 is not installed");
    data = Files.createDirectory(data.resolve("a \"quoted\" \\ folder\té"));
    Path configuration = prepare("http://127.0.0.1:8080");
    String output =
        run(
            "python3",
            "-c",
            "import sys, tomllib, os\n"
                + "c = tomllib.load(open(sys.argv[1], 'rb'))\n"
                + "assert os.path.isfile(c['crypto_signature']['sign_p12_file_path'])\n"
                + "print(sorted(c), c['crypto_encrypt']['symmetric_key_size'] + 1)",
            configuration.toString());
    assertThat(output.strip())
        .isEqualTo(
            "['crypto_encrypt', 'crypto_signature', 'logging', 'mosip_auth', 'mosip_auth_server']"
                + " 257");
  }

  private Path prepare(String address) {
    return new DemoPartnerFiles(data, provisioning, keys, RANDOM, clock).prepare(address);
  }

  private Map<String, byte[]> contents() throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (var files = Files.list(data.resolve("partner"))) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  /** Reads the simple TOML that the file is made of. */
  private static Map<String, String> entries(Path configuration) throws IOException {
    Pattern entry = Pattern.compile("([a-z0-9_]+) = (?:\"(.*)\"|(\\d+))");
    Map<String, String> entries = new TreeMap<>();
    for (String line : Files.readAllLines(configuration)) {
      Matcher matcher = entry.matcher(line);
      if (matcher.matches()) {
        entries.put(
            matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
      }
    }
    return entries;
  }

  private static boolean runs(String... command) {
    try {
      run(command);
      return true;
    } catch (IOException | InterruptedException | IllegalStateException e) {
      return false;
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroy();
      throw new IllegalStateException(output);
    }
    return output;
  }
}
