package io.watchword.core.account;

import io.watchword.core.unit.Table;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of an application.
 *
 * @param id 1 to 64 letters, digits, dots, hyphens or underscores; with regard to case
 * @param application id of the application
 * @param roles that its sessions have
 * @param secretHash as {@link io.watchword.core.secret.SlowHash} made it
 * @param formerSecretHash of the secret before, while both are accepted; {@code null}: there is
 *     none
 */
public record Client(
    String id,
    String application,
    List<String> roles,
    String secretHash,
    @Nullable String formerSecretHash,
    Application.Status status) {

  /** Keyed by client id. */
  public static final Table<Client> TABLE = Table.clear("clients", Client.class);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Whether a text could be a client's id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  public Client {
    roles = List.copyOf(roles);
  }

  public boolean active() {
    return status == Application.Status.ACTIVE;
  }

  /** The same, served or not. */
  public Client with(Application.Status other) {
    return new Client(id, application, roles, secretHash, formerSecretHash, other);
  }

  /** Without the hashes. */
  @Override
  public String toString() {
    return "Client[" + id + ", " + status + "]";
  }
}
