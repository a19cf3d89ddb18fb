package io.watchword.client.kernel;

import java.net.URI;

/** The configuration that the tests of this package start from. */
final class Configs {

  static final String SECRET = "correct horse battery staple";

  private Configs() {}

  static KernelClientConfig.Builder builder(URI url) {
    return KernelClientConfig.builder()
        .serviceUrl(url)
        .client("D72HJDF8", SECRET, "registrationprocessor");
  }

  static KernelClient client(URI url) {
    return new KernelClient(builder(url).build());
  }
}
