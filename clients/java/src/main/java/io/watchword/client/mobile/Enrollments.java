package io.watchword.client.mobile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The enrollments of this device and their keys. For each profile there is at most one that the
 * server has confirmed, and beside it one whose confirmation is open, so that a process that ends
 * in between loses neither.
 */
final class Enrollments {

  private static final String CONFIRMED = "confirmed";
  private static final String OPEN = "open";

  private final DeviceKeyHolder keys;
  private final EnrollmentStore store;
  private final String server;
  private final String deviceId;
  private final SecureRandom random = new SecureRandom();

  Enrollments(MobileAuthConfig config) {
    this.keys = config.keys();
    this.store = config.enrollments();
    this.server = config.server();
    this.deviceId = config.deviceId();
  }

  /** A new key, not yet a part of any enrollment. */
  synchronized NewKey newKey() throws MobileAuthException {
    byte[] name = new byte[8];
    random.nextBytes(name);
    String keyName = "watchword-mobile-" + HexFormat.of().formatHex(name);
    try {
      return new NewKey(keyName, DeviceKey.of(keys.create(keyName)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw failed("no key can be made", e);
    }
  }

  /** A key and its name. */
  record NewKey(String name, DeviceKey key) {}

  synchronized String sign(String keyName, SignedText text) throws MobileAuthException {
    try {
      return Base64Url.encode(keys.sign(keyName, text.bytes()));
    } catch (GeneralSecurityException e) {
      throw failed("the key does not sign", e);
    } catch (IllegalArgumentException e) {
      throw failed("a value has characters that cannot be signed", e);
    }
  }

  /** The public key; empty: it is gone. */
  synchronized Optional<DeviceKey> key(Enrollment enrollment) throws MobileAuthException {
    try {
      return keys.find(enrollment.keyName())
          .map(DeviceKey::of)
          .filter(key -> key.id().equals(enrollment.keyId()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw failed("the key store does not answer", e);
    }
  }

  /** What the server has confirmed for this device; empty if the key is gone. */
  synchronized Optional<Enrollment> confirmed(String profileId) throws MobileAuthException {
    return usable(profileId, CONFIRMED);
  }

  /** What the server may have confirmed. */
  synchronized Optional<Enrollment> open(String profileId) throws MobileAuthException {
    return usable(profileId, OPEN).filter(each -> each.open() != null);
  }

  private Optional<Enrollment> usable(String profileId, String which) throws MobileAuthException {
    Optional<Enrollment> read = Enrollment.read(document(profileId).get(which));
    return read.isPresent()
            && read.get().server().equals(server)
            && read.get().deviceId().equals(deviceId)
            && key(read.get()).isPresent()
        ? read
        : Optional.empty();
  }

  synchronized void begin(String profileId, Enrollment enrollment) throws MobileAuthException {
    Optional<Enrollment> stale = Enrollment.read(document(profileId).get(OPEN));
    write(profileId, confirmed(profileId), Optional.of(enrollment));
    deleteKey(stale, enrollment.keyName());
  }

  synchronized void commit(String profileId, Enrollment enrollment) throws MobileAuthException {
    Optional<Enrollment> before = Enrollment.read(document(profileId).get(CONFIRMED));
    write(profileId, Optional.of(enrollment.confirmed()), Optional.empty());
    deleteKey(before, enrollment.keyName());
  }

  /** The server did not confirm. */
  synchronized void abandon(String profileId) throws MobileAuthException {
    Optional<Enrollment> open = Enrollment.read(document(profileId).get(OPEN));
    Optional<Enrollment> confirmed = confirmed(profileId);
    write(profileId, confirmed, Optional.empty());
    deleteKey(open, confirmed.map(Enrollment::keyName).orElse(""));
  }

  /** Forgets a profile and its keys. */
  synchronized void forget(String profileId) throws MobileAuthException {
    ObjectNode document = document(profileId);
    try {
      store.forget(profileId);
    } catch (IOException e) {
      throw failed("the store of enrollments does not answer", e);
    }
    deleteKey(Enrollment.read(document.get(CONFIRMED)), "");
    deleteKey(Enrollment.read(document.get(OPEN)), "");
  }

  synchronized void forgetAll() throws MobileAuthException {
    for (String profileId : profiles()) {
      forget(profileId);
    }
  }

  synchronized Set<String> profiles() throws MobileAuthException {
    try {
      return store.profiles();
    } catch (IOException e) {
      throw failed("the store of enrollments does not answer", e);
    }
  }

  /** Forgets a key that became none of an enrollment. */
  synchronized void drop(NewKey key) {
    try {
      keys.delete(key.name());
    } catch (GeneralSecurityException e) {
      Warnings.give("a key that is not used could not be deleted");
    }
  }

  private void deleteKey(Optional<Enrollment> enrollment, String except)
      throws MobileAuthException {
    if (enrollment.isEmpty() || enrollment.get().keyName().equals(except)) {
      return;
    }
    try {
      keys.delete(enrollment.get().keyName());
    } catch (GeneralSecurityException e) {
      throw failed("a key cannot be deleted", e);
    }
  }

  private ObjectNode document(String profileId) throws MobileAuthException {
    try {
      return store
          .read(profileId)
          .flatMap(json -> Json.readObject(json.getBytes(UTF_8)))
          .orElseGet(() -> Json.mapper().createObjectNode());
    } catch (IOException e) {
      throw failed("the store of enrollments does not answer", e);
    }
  }

  private void write(String profileId, Optional<Enrollment> confirmed, Optional<Enrollment> open)
      throws MobileAuthException {
    Map<String, Map<String, Object>> document = new LinkedHashMap<>();
    confirmed.ifPresent(each -> document.put(CONFIRMED, each.json()));
    open.ifPresent(each -> document.put(OPEN, each.json()));
    try {
      if (document.isEmpty()) {
        store.forget(profileId);
      } else {
        store.write(profileId, Enrollment.write(document));
      }
    } catch (IOException e) {
      throw failed("the store of enrollments does not answer", e);
    }
  }

  private static MobileAuthException failed(String description, Exception cause) {
    return new MobileAuthException(MobileAuthError.internal(description), cause);
  }
}
