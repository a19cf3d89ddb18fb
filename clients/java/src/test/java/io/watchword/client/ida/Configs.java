package io.watchword.client.ida;

import java.net.URI;

/** The configuration that the tests of this package start from. */
final class Configs {

  private Configs() {}

  static AuthenticatorConfig.Builder builder(URI url) {
    return AuthenticatorConfig.builder()
        .serviceUrl(url)
        .domainUri("https://host")
        .environment("Staging")
        .authorization("let me in")
        .partner("partner é", "key+1?", "lk/1")
        .encryptionCertificate(TestKeys.ENCRYPTION.certificate())
        .decryptionKey(TestKeys.PARTNER.key())
        .signing(TestKeys.PARTNER.key(), TestKeys.PARTNER.certificate())
        .time(() -> TestKeys.NOW);
  }
}
