package io.watchword.client.mobile;

import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/**
 * Keeps the private keys of this device, so that they need never leave where the platform keeps
 * them. Names have small letters, digits and dashes. Called by one thread at a time.
 */
public interface DeviceKeyHolder {

  /**
   * Makes a pair of keys on P-256 and keeps it.
   *
   * @param name that no other key has
   */
  ECPublicKey create(String name) throws GeneralSecurityException;

  /** The public key of a pair; empty: there is none of this name. */
  Optional<ECPublicKey> find(String name) throws GeneralSecurityException;

  /**
   * Signs with ECDSA and SHA-256.
   *
   * @return r and s of 32 bytes each
   */
  byte[] sign(String name, byte[] text) throws GeneralSecurityException;

  /** Forgets a pair; nothing happens if there is none. */
  void delete(String name) throws GeneralSecurityException;
}
