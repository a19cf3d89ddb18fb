package io.watchword.server.mobile;

import io.watchword.core.keys.Keyring;
import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.server.partners.RecordedChanges;
import io.watchword.server.partners.RecordedChanges.Act;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Brings types of logins and portals on file, on all nodes within two seconds. Thread-safe. */
public final class MobileRegister {

  private static final int SECRET_BYTES = 32;

  private final RecordedChanges changes;
  private final Keyring keyring;
  private final SecureRandom random;

  public MobileRegister(RecordedChanges changes, Keyring keyring, SecureRandom random) {
    this.changes = changes;
    this.keyring = keyring;
    this.random = random;
  }

  /** Takes a type on file, or new terms of one that is known. */
  public void put(String operator, MobileType type) {
    Key<MobileType> key = MobileType.TABLE.key(type.name());
    changes.commit(
        Act.onCallers(operator, "mobile.type.put=" + type.name()),
        List.of(key),
        rows -> rows.put(key, type));
  }

  /** All types. */
  public List<MobileType> types() {
    return changes.all(MobileType.TABLE).stream().map(Store.Entry::row).toList();
  }

  /**
   * Forgets a type; logins of it that are under way come to nothing.
   *
   * @return whether there was one
   */
  public boolean removeType(String operator, String name) {
    Key<MobileType> key = MobileType.TABLE.key(name);
    if (types().stream().noneMatch(type -> type.name().equals(name))) {
      return false;
    }
    changes.commit(
        Act.onCallers(operator, "mobile.type.remove=" + name),
        List.of(key),
        rows -> rows.delete(key));
    return true;
  }

  /**
   * What operators say of a portal.
   *
   * @param newSecret whether it gets another secret; the one before is good until the next change
   */
  public record Portal(
      String id,
      String name,
      Set<PortalClient.Scope> scopes,
      List<String> origins,
      List<PortalClient.Callback> callbacks,
      boolean anyCallback,
      @Nullable String returnUri,
      boolean newSecret) {}

  /**
   * Takes a portal on file, or new terms of one that is known.
   *
   * @return its secret, if it is new
   */
  public Optional<String> put(String operator, Portal portal) {
    Key<PortalClient> key = PortalClient.TABLE.key(portal.id());
    String secret = secret();
    var fresh = new AtomicBoolean();
    changes.commit(
        Act.onCallers(operator, "mobile.client.put=" + portal.id()),
        List.of(key),
        rows -> {
          PortalClient before = rows.get(key);
          fresh.set(before == null || portal.newSecret());
          rows.put(key, client(portal, before, secret));
        });
    return fresh.get() ? Optional.of(secret) : Optional.empty();
  }

  private PortalClient client(Portal portal, @Nullable PortalClient before, String secret) {
    String hash = PortalClient.hash(keyring, portal.id(), secret);
    String former = null;
    if (before != null) {
      former = portal.newSecret() ? before.secretHash() : before.formerSecretHash();
      hash = portal.newSecret() ? hash : before.secretHash();
    }
    return new PortalClient(
        portal.id(),
        hash,
        former,
        portal.name(),
        portal.scopes(),
        portal.origins(),
        portal.callbacks(),
        portal.anyCallback(),
        portal.returnUri(),
        true);
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** All portals. */
  public List<PortalClient> portals() {
    return changes.all(PortalClient.TABLE).stream().map(Store.Entry::row).toList();
  }

  /**
   * Serves a portal no more.
   *
   * @return whether there was one
   */
  public boolean removePortal(String operator, String id) {
    Key<PortalClient> key = PortalClient.TABLE.key(id);
    if (portals().stream().noneMatch(portal -> portal.id().equals(id))) {
      return false;
    }
    changes.commit(
        Act.onCallers(operator, "mobile.client.remove=" + id),
        List.of(key),
        rows -> rows.delete(key));
    return true;
  }
}
