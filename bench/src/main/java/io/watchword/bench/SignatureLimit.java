package io.watchword.bench;

import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/**
 * What the signatures of one login by phone cost and nothing else: two of the phone's verified, one
 * of the server's made, all over P-256, by the server's provider.
 */
final class SignatureLimit {

  private static final int WARM_UP = 500;
  private static final int MEASURED = 1_000;
  private static final byte[] TEXT = new byte[400];

  private SignatureLimit() {}

  /** Microseconds of CPU on one thread. */
  static double microsPerLogin() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] signature = sign(pair);
      logins(pair, signature, WARM_UP);
      var clock = ManagementFactory.getThreadMXBean();
      long before = clock.getCurrentThreadCpuTime();
      logins(pair, signature, MEASURED);
      return (clock.getCurrentThreadCpuTime() - before) / 1_000.0 / MEASURED;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  private static void logins(KeyPair pair, byte[] signature, int count)
      throws GeneralSecurityException {
    for (int i = 0; i < count; i++) {
      verify(pair, signature);
      verify(pair, signature);
      sign(pair);
    }
  }

  private static Signature algorithm() throws GeneralSecurityException {
    return Signature.getInstance("SHA256withECDSA", IdaBenchmark.provider());
  }

  private static byte[] sign(KeyPair pair) throws GeneralSecurityException {
    Signature signer = algorithm();
    signer.initSign(pair.getPrivate());
    signer.update(TEXT);
    return signer.sign();
  }

  private static void verify(KeyPair pair, byte[] signature) throws GeneralSecurityException {
    Signature verifier = algorithm();
    verifier.initVerify(pair.getPublic());
    verifier.update(TEXT);
    if (!verifier.verify(signature)) {
      throw new GeneralSecurityException("a right signature was wrong");
    }
  }
}
