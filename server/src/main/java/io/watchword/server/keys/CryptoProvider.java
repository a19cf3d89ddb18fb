package io.watchword.server.keys;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import io.watchword.wire.protection.Algorithms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses who computes RSA and AES-GCM: Amazon Corretto Crypto Provider where its native library
 * loads and passes its own tests, the JDK otherwise. It is not registered with {@link
 * java.security.Security}, so nothing else changes.
 */
public final class CryptoProvider {

  private static final Logger LOG = LoggerFactory.getLogger(CryptoProvider.class);

  private CryptoProvider() {}

  /** The best that this machine has. */
  public static Algorithms best() {
    var corretto = AmazonCorrettoCryptoProvider.INSTANCE;
    Throwable trouble = corretto.getLoadingError();
    if (trouble == null && corretto.runSelfTests() == SelfTestStatus.PASSED) {
      return Algorithms.of(corretto);
    }
    LOG.warn(
        "RSA and AES are computed by the JDK, at less than half the speed: the native provider {}",
        trouble == null ? "failed its own tests" : "does not load here");
    return Algorithms.ofJdk();
  }
}
