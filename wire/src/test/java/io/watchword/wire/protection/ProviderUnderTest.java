package io.watchword.wire.protection;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;

/** The JCA providers that every test of message protection runs on. */
enum ProviderUnderTest {
  JDK,
  CORRETTO;

  /** Skips the test by name where the provider's native library does not load. */
  Algorithms algorithms() {
    if (this == JDK) {
      return Algorithms.ofJdk();
    }
    Throwable trouble = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
    assumeTrue(trouble == null, () -> "the Corretto provider does not load here: " + trouble);
    return Algorithms.of(AmazonCorrettoCryptoProvider.INSTANCE);
  }
}
