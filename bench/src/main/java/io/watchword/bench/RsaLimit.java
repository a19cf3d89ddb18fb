package io.watchword.bench;

import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * What the RSA private operations of one flow cost and nothing else: two signatures of answers and
 * the decryption of one session key, RSA-2048, by the server's provider with a key of its own kind.
 * No server that keeps the contract can do a flow with less.
 */
final class RsaLimit {

  /** Private operations of a flow. */
  static final int OPERATIONS = 3;

  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
  private static final int ANSWER_BYTES = 250;

  private final Provider provider;
  private final PrivateKey key;
  private final byte[] sealed;

  RsaLimit(Provider provider) {
    this.provider = provider;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      this.key = own(provider, pair.getPrivate());
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", provider);
      cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic(), OAEP);
      this.sealed = cipher.doFinal(new byte[32]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider has no RSA", e);
    }
  }

  /** A provider converts a key that another one made each time that it uses it. */
  private static PrivateKey own(Provider provider, PrivateKey key) throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance("RSA", provider)
          .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      return key;
    }
  }

  /**
   * Microseconds of CPU for the three operations, measured on every processor at once: the server
   * has them all under load, and a processor whose neighbour is idle is faster.
   */
  double microsPerFlow(Duration length) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService processors = Executors.newFixedThreadPool(threads)) {
      List<Future<Double>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(processors.submit(() -> onThisThread(length)));
      }
      double sum = 0;
      for (Future<Double> result : results) {
        sum += result.get();
      }
      return sum / threads;
    } catch (ExecutionException e) {
      throw new IllegalStateException("RSA failed", e.getCause());
    }
  }

  private double onThisThread(Duration length) throws GeneralSecurityException {
    var clock = ManagementFactory.getThreadMXBean();
    long end = System.nanoTime() + length.toNanos();
    long before = clock.getCurrentThreadCpuTime();
    long flows = 0;
    do {
      sign();
      sign();
      open();
      flows++;
    } while (System.nanoTime() < end);
    return (clock.getCurrentThreadCpuTime() - before) / 1_000.0 / flows;
  }

  private void sign() throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA", provider);
    signature.initSign(key);
    signature.update(new byte[ANSWER_BYTES]);
    signature.sign();
  }

  private void open() throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", provider);
    cipher.init(Cipher.DECRYPT_MODE, key, OAEP);
    cipher.doFinal(sealed);
  }
}
