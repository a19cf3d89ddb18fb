package io.watchword.client.mobile;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys in a {@link KeyStore}: a file in PKCS#12, or a store of the platform. */
public final class KeyStoreDeviceKeys implements DeviceKeyHolder {

  private static final int SIGNATURE = 64;

  private final KeyStore store;
  private final char @Nullable [] password;
  private final Maker maker;
  private final Saver saver;

  private KeyStoreDeviceKeys(KeyStore store, char @Nullable [] password, Maker maker, Saver saver) {
    this.store = store;
    this.password = password == null ? null : password.clone();
    this.maker = maker;
    this.saver = saver;
  }

  /** Makes a key inside a store, so that it never leaves it. */
  @FunctionalInterface
  public interface Maker {

    /** Makes a pair on P-256 for signing with SHA-256, as an entry of this name. */
    void make(KeyStore store, String name) throws GeneralSecurityException;
  }

  /** Keeps a changed store. */
  @FunctionalInterface
  private interface Saver {
    void save() throws GeneralSecurityException, IOException;
  }

  /**
   * A file in PKCS#12, made with the first key; only its owner can read it.
   *
   * @throws GeneralSecurityException if it is no such file or has another password
   */
  public static KeyStoreDeviceKeys ofFile(Path file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] own = password.clone();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, own);
      }
    } else {
      store.load(null, own);
    }
    return new KeyStoreDeviceKeys(
        store,
        own,
        softly(own),
        () -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          store.store(out, own);
          OwnFile.replace(file, out.toByteArray());
        });
  }

  /**
   * A loaded store that takes private keys and keeps them by itself.
   *
   * @param password of entries; null where the store wants none
   */
  public static KeyStoreDeviceKeys of(KeyStore store, char @Nullable [] password) {
    return new KeyStoreDeviceKeys(store, password, softly(password), () -> {});
  }

  /**
   * A loaded store of the platform, whose keys are made inside it.
   *
   * @param password of entries; null where the store wants none
   */
  public static KeyStoreDeviceKeys of(KeyStore store, char @Nullable [] password, Maker maker) {
    return new KeyStoreDeviceKeys(store, password, maker, () -> {});
  }

  private static Maker softly(char @Nullable [] password) {
    char @Nullable [] own = password == null ? null : password.clone();
    return (store, name) -> {
      KeyPair pair = InMemoryDeviceKeys.generate();
      X509Certificate[] chain = {SelfSigned.of(pair, name)};
      store.setKeyEntry(name, pair.getPrivate(), own, chain);
    };
  }

  @Override
  public synchronized ECPublicKey create(String name) throws GeneralSecurityException {
    maker.make(store, name);
    save();
    return find(name).orElseThrow(() -> new KeyStoreException("the key was not kept"));
  }

  @Override
  public synchronized Optional<ECPublicKey> find(String name) throws GeneralSecurityException {
    Certificate certificate = store.isKeyEntry(name) ? store.getCertificate(name) : null;
    return certificate != null && certificate.getPublicKey() instanceof ECPublicKey key
        ? Optional.of(key)
        : Optional.empty();
  }

  @Override
  public synchronized byte[] sign(String name, byte[] text) throws GeneralSecurityException {
    if (!(store.getKey(name, password) instanceof PrivateKey key)) {
      throw new InvalidKeyException("no such key");
    }
    // In DER, because not every platform's provider has the form with r and s side by side.
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key);
    signer.update(text);
    try {
      return ECDSA.transcodeSignatureToConcat(signer.sign(), SIGNATURE);
    } catch (JOSEException e) {
      throw new GeneralSecurityException("the provider's signature is not of its form", e);
    }
  }

  @Override
  public synchronized void delete(String name) throws GeneralSecurityException {
    if (store.containsAlias(name)) {
      store.deleteEntry(name);
      save();
    }
  }

  private void save() throws GeneralSecurityException {
    try {
      saver.save();
    } catch (IOException e) {
      throw new KeyStoreException("the key store cannot be kept", e);
    }
  }
}
