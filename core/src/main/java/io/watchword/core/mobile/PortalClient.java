package io.watchword.core.mobile;

import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A web application that has people log in by their phones.
 *
 * @param secretHash keyed hash of its secret, which the server made and nobody can guess
 * @param formerSecretHash of the secret before, which is good until the next change
 * @param portalName for people
 * @param origins of its login pages, each exactly as browsers write it
 * @param callbacks where it may be called back
 * @param anyCallback whether it may be called back elsewhere too
 * @param returnUri where a login on the phone itself goes on; {@code null}: nowhere
 */
public record PortalClient(
    String id,
    String secretHash,
    @Nullable String formerSecretHash,
    String portalName,
    Set<Scope> scopes,
    List<String> origins,
    List<Callback> callbacks,
    boolean anyCallback,
    @Nullable String returnUri,
    boolean active) {

  /** Keyed by id. */
  public static final Table<PortalClient> TABLE =
      Table.sealed("mobile_clients", PortalClient.class);

  public PortalClient {
    scopes = Set.copyOf(scopes);
    origins = List.copyOf(origins);
    callbacks = List.copyOf(callbacks);
  }

  /** What it may do. */
  public enum Scope {
    MOBILE_AUTHENTICATION,
    DEVICES
  }

  /**
   * @param user for HTTP Basic; {@code null}: none
   * @param signingSecret of the header that proves who calls; {@code null}: no header
   */
  public record Callback(
      String uri,
      @Nullable String user,
      @Nullable String password,
      @Nullable String signingSecret) {

    /** Without secrets. */
    @Override
    public String toString() {
      return "Callback";
    }
  }

  /** How a secret is stored. */
  public static String hash(Keyring keyring, String id, String secret) {
    return keyring.lookup("portal-secret", id.length() + "/" + id + "/" + secret);
  }

  /** Whether a secret is this client's; constant time. */
  public boolean accepts(Keyring keyring, String secret) {
    byte[] given = hash(keyring, id, secret).getBytes(StandardCharsets.US_ASCII);
    boolean current = MessageDigest.isEqual(given, secretHash.getBytes(StandardCharsets.US_ASCII));
    boolean former =
        formerSecretHash != null
            && MessageDigest.isEqual(given, formerSecretHash.getBytes(StandardCharsets.US_ASCII));
    return current || former;
  }

  public Optional<Callback> callback(String uri) {
    return callbacks.stream().filter(each -> each.uri().equals(uri)).findFirst();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "PortalClient[" + id + "]";
  }
}
