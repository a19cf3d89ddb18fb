package io.watchword.client.mobile;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keys and enrollments that end with the process: for tests, and for devices that must forget. */
public final class InMemoryDeviceKeys implements DeviceKeyHolder, EnrollmentStore {

  private final Map<String, KeyPair> keys = new ConcurrentHashMap<>();
  private final Map<String, String> enrollments = new ConcurrentHashMap<>();

  /** Starts empty. */
  public InMemoryDeviceKeys() {}

  static KeyPair generate() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  @Override
  public ECPublicKey create(String name) throws GeneralSecurityException {
    KeyPair pair = generate();
    keys.put(name, pair);
    return (ECPublicKey) pair.getPublic();
  }

  @Override
  public Optional<ECPublicKey> find(String name) {
    return Optional.ofNullable(keys.get(name)).map(pair -> (ECPublicKey) pair.getPublic());
  }

  @Override
  public byte[] sign(String name, byte[] text) throws GeneralSecurityException {
    KeyPair pair = keys.get(name);
    if (pair == null) {
      throw new InvalidKeyException("no such key");
    }
    Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
    signer.initSign(pair.getPrivate());
    signer.update(text);
    return signer.sign();
  }

  @Override
  public void delete(String name) {
    keys.remove(name);
  }

  @Override
  public Optional<String> read(String profileId) {
    return Optional.ofNullable(enrollments.get(profileId));
  }

  @Override
  public void write(String profileId, String json) {
    enrollments.put(profileId, json);
  }

  @Override
  public void forget(String profileId) {
    enrollments.remove(profileId);
  }

  @Override
  public Set<String> profiles() {
    return Set.copyOf(enrollments.keySet());
  }
}
