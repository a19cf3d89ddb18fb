package io.watchword.server.http;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as this server speaks it: 1.3 and 1.2, forward secret and authenticated ciphers only, with a
 * certificate and a key from two files. When the files change, connections made from then on get
 * the new certificate; what cannot be used is told to the log, and the former stays. Thread-safe.
 */
final class ServerTls {

  private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final Path certificate;
  private final Path key;
  private final Shown shown;
  private Stamp seen;

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException whose message names the setting and what is wrong
   */
  ServerTls(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
    this.seen = stamp();
    this.shown = new Shown(read());
  }

  /** For the web server. */
  Tls tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {shown}, null, null);
      return Tls.builder()
          .sslContext(context)
          .enabledProtocols(VERSIONS)
          .enabledCipherSuites(CIPHERS)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot speak TLS", e);
    }
  }

  /** Looks whether the files have changed; to be called each second. */
  synchronized void refresh() {
    Stamp now = stamp();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      shown.replace(read());
      LOG.info("the certificate in {} is in use now", certificate);
    } catch (IllegalArgumentException e) {
      // Also between the replacements of the two files; the second is a change, too.
      LOG.warn("the former certificate stays in use: {}", e.getMessage());
    }
  }

  private TlsIdentity read() {
    TlsIdentity identity = TlsIdentity.read(certificate, key);
    try {
      identity.chain().getFirst().checkValidity();
    } catch (CertificateException e) {
      LOG.warn("the certificate in {} is not valid now: {}", certificate, e.getMessage());
    }
    return identity;
  }

  /** What tells that a file is another one, or has other content. */
  private record Stamp(@Nullable Mark certificate, @Nullable Mark key) {}

  private record Mark(FileTime changed, long size, @Nullable Object file) {}

  private Stamp stamp() {
    return new Stamp(mark(certificate), mark(key));
  }

  private static @Nullable Mark mark(Path path) {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return new Mark(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  /** Shows one certificate, and the former to handshakes that have begun with it. */
  private static final class Shown extends X509ExtendedKeyManager {

    private record Version(String alias, TlsIdentity identity) {}

    private volatile List<Version> versions;
    private int made;

    Shown(TlsIdentity first) {
      versions = List.of(new Version("0", first));
    }

    void replace(TlsIdentity next) {
      made++;
      versions = List.of(new Version(Integer.toString(made), next), versions.getFirst());
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      Version current = versions.getFirst();
      return current.identity().key().getAlgorithm().equals(keyType) ? current.alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return chooseEngineServerAlias(keyType, issuers, null);
    }

    private @Nullable TlsIdentity identity(String alias) {
      return versions.stream()
          .filter(version -> version.alias().equals(alias))
          .map(Version::identity)
          .findFirst()
          .orElse(null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      TlsIdentity identity = identity(alias);
      return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      TlsIdentity identity = identity(alias);
      return identity == null ? null : identity.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      String alias = chooseEngineServerAlias(keyType, issuers, null);
      return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String @Nullable [] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
