package io.watchword.server.demo;

import io.watchword.server.demo.ClientConfiguration.Access;
import io.watchword.server.demo.ClientConfiguration.Place;
import io.watchword.server.keys.CertificateIssuer;
import io.watchword.server.keys.CertificateIssuer.Profile;
import io.watchword.server.keys.Certificates;
import io.watchword.server.keys.DistinguishedName;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.partners.PartnerKey;
import io.watchword.server.partners.Provisioning;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * The demo's relying party: its policy, licence and API key in the store, and the files with which
 * the published client works at once (contract ida 11). Written at the first start with secrets of
 * their own for each folder, and kept; each later start sets addresses and paths only.
 */
public final class DemoPartnerFiles {

  /** Whom the demo takes on. */
  public static final String PARTNER_ID = "demo-partner";

  /** What the demo's partner may do. */
  public static final String POLICY_ID = "demo-policy";

  /** Owner of the demo's licence. */
  public static final String PROVIDER_ID = "demo-misp";

  static final String CONFIGURATION = "config.toml";
  static final String UNSIGNED_KEYSTORE = "keystore.p12";
  static final String SIGNED_KEYSTORE = "keystore_signed.p12";
  static final String ENCRYPTION_CERTIFICATE = "ida_partner.pem";

  private static final String OPERATOR = "demo";
  private static final String ORGANISATION = "Watchword Demo Partner";
  private static final String POLICY_RESOURCE = "policy.json";
  private static final Duration VALIDITY = Duration.ofDays(2 * 365);
  private static final int RSA_BITS = 2048;
  private static final int PASSWORD_BYTES = 18;

  private final Path folder;
  private final Provisioning provisioning;
  private final ServerKeys keys;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * @param data the demo's data folder; the files lie in {@code partner} below it
   */
  public DemoPartnerFiles(
      Path data,
      Provisioning provisioning,
      ServerKeys keys,
      SecureRandom random,
      InstantSource clock) {
    this.folder = data.toAbsolutePath().normalize().resolve("partner");
    this.provisioning = provisioning;
    this.keys = keys;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Makes what is missing and sets what depends on the place.
   *
   * @param address of the server, without a slash at its end, such as {@code http://127.0.0.1:8080}
   * @return the client's configuration file
   */
  public Path prepare(String address) {
    Path configuration = folder.resolve(CONFIGURATION);
    Place place = new Place(address, folder);
    try {
      if (provisioning.policies().show(POLICY_ID).isEmpty()) {
        provisioning.policies().put(OPERATOR, POLICY_ID, policy());
      }
      boolean known = provisioning.partner(PARTNER_ID).isPresent();
      if (known && complete()) {
        String text = Files.readString(configuration);
        replace(configuration, ClientConfiguration.moved(text, place));
      } else {
        // The configuration comes last: with it the folder is complete.
        replace(configuration, ClientConfiguration.text(place, take(known)));
      }
      replace(
          folder.resolve(ENCRYPTION_CERTIFICATE),
          Certificates.pem(keys.certificate(KeyUse.IDA_PARTNER)));
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's files cannot be written below " + folder, e);
    }
    return configuration;
  }

  private boolean complete() {
    return List.of(CONFIGURATION, UNSIGNED_KEYSTORE, SIGNED_KEYSTORE).stream()
        .map(folder::resolve)
        .allMatch(Files::isRegularFile);
  }

  private Access take(boolean known) throws IOException {
    KeyPair pair = generate();
    X500Principal name = DistinguishedName.of(ORGANISATION, PARTNER_ID);
    X509Certificate own =
        CertificateIssuer.selfSigned(name, pair.getPublic(), pair.getPrivate(), random)
            .issue(name, pair.getPublic(), Profile.END, clock.instant(), VALIDITY);
    var shown = new PartnerKey.Presented(Certificates.der(own));
    List<X509Certificate> chain;
    String apiKey;
    if (known) {
      // The files were lost, and with them the only copies of the keys.
      chain = provisioning.renewCertificate(OPERATOR, PARTNER_ID, shown).chain();
      apiKey = provisioning.issueApiKey(OPERATOR, PARTNER_ID, POLICY_ID, null);
    } else {
      var onboarded = provisioning.onboard(OPERATOR, PARTNER_ID, ORGANISATION, shown, POLICY_ID);
      chain = onboarded.chain();
      apiKey = onboarded.apiKey();
    }
    String licenceKey = provisioning.issueLicence(OPERATOR, PROVIDER_ID, List.of(), null, null);
    Access access = new Access(PARTNER_ID, apiKey, licenceKey, newPassword(), newPassword());
    writeKeystore(UNSIGNED_KEYSTORE, access.unsignedPassword(), pair, List.of(own));
    writeKeystore(SIGNED_KEYSTORE, access.signedPassword(), pair, chain);
    return access;
  }

  private KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  /** PKCS #12 as the JDK writes it by default: PBES2 with AES-256, HMAC-SHA-256. */
  private void writeKeystore(
      String name, String password, KeyPair pair, List<X509Certificate> chain) throws IOException {
    try {
      KeyStore keystore = KeyStore.getInstance("PKCS12");
      keystore.load(null, null);
      keystore.setKeyEntry(
          PARTNER_ID, pair.getPrivate(), password.toCharArray(), chain.toArray(Certificate[]::new));
      var bytes = new ByteArrayOutputStream();
      keystore.store(bytes, password.toCharArray());
      PrivateFiles.write(folder.resolve(name), bytes.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PKCS12", e);
    }
  }

  private String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String policy() throws IOException {
    try (InputStream resource = DemoPartnerFiles.class.getResourceAsStream(POLICY_RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(POLICY_RESOURCE + " is missing from the program");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      PrivateFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
