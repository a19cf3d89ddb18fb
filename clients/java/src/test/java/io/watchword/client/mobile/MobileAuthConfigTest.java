package io.watchword.client.mobile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client can be built from, and whom it trusts. */
@Timeout(60)
class MobileAuthConfigTest {

  private static final URI SERVER = URI.create("https://login.example.com/");

  @Test
  void everythingThatIsMissingIsSaidAtOnce() {
    assertThatThrownBy(() -> MobileAuthConfig.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "server's URL",
            "app's id",
            "device's id",
            "device's name",
            "who is logged in",
            "who shows requests",
            "where keys are kept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example.com",
        "ftp://login.example.com",
        "https://jane@login.example.com",
        "https://login.example.com/?x",
        "https://login.example.com/#x",
        "login.example.com"
      })
  void anAddressThatIsNotOneOfAServerIsRefused(String url) {
    try (AppUnderTest app = new AppUnderTest()) {
      MobileAuthConfig.Builder builder = app.config(URI.create(url));
      assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "two words", "caf\u00e9", "line\nfeed"})
  void whatCannotBeSignedIsRefused(String id) {
    try (AppUnderTest app = new AppUnderTest()) {
      MobileAuthConfig.Builder asApp = app.config(SERVER).appId(id);
      assertThatThrownBy(asApp::build).hasMessageContaining("app's id");
      MobileAuthConfig.Builder asDevice = app.config(SERVER).device(id, "name", "android");
      assertThatThrownBy(asDevice::build).hasMessageContaining("device's id");
    }
  }

  @Test
  void timesMustBePossible() {
    try (AppUnderTest app = new AppUnderTest()) {
      assertThatThrownBy(() -> app.config(SERVER).requestTimeout(Duration.ZERO).build())
          .hasMessageContaining("timeouts");
      assertThatThrownBy(() -> app.config(SERVER).repeatAfter(Duration.ofMillis(-1)).build())
          .hasMessageContaining("repeated");
      assertThat(app.config(SERVER).build())
          .hasToString("MobileAuthConfig[https://login.example.com, exampleapp, 05ED8E51CB1EFAA2]");
    }
  }

  @Test
  void onlyServersUnderTheGivenRootsAreTrusted() throws Exception {
    KeyPair root = keys();
    X509Certificate rootCertificate = certificate("CN=Root", root, root.getPrivate(), true);
    KeyPair own = keys();
    X509Certificate certificate = certificate("CN=Server", own, root.getPrivate(), false);
    try (MobileCounterpart server = new MobileCounterpart(tls(own, certificate));
        AppUnderTest app = new AppUnderTest();
        MobileAuthClient trusting =
            new MobileAuthClient(
                app.config(server.url()).trustRoots(List.of(rootCertificate)).build());
        MobileAuthClient other = new MobileAuthClient(app.config(server.url()).build())) {
      assertThatThrownBy(() -> other.enrollUserForMobileAuth().get(30, TimeUnit.SECONDS))
          .hasMessageContaining("9001");
      assertThat(server.received()).isEmpty();
      trusting.enrollUserForMobileAuth().get(30, TimeUnit.SECONDS);
      assertThat(server.devices()).hasSize(1);
    }
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      String name, KeyPair keys, PrivateKey issuer, boolean root) throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=Root"),
            BigInteger.valueOf(root ? 1 : 2),
            new Date(0),
            new Date(4_102_444_800_000L),
            new X500Principal(name),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(root));
    if (!root) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(issuer)));
  }

  private static SSLContext tls(KeyPair keys, X509Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
