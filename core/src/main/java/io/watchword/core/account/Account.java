package io.watchword.core.account;

import io.watchword.core.delivery.Channel;
import io.watchword.core.unit.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who logs in by a name. Whether the account is disabled is in its {@link
 * io.watchword.core.individual.Standing}; its login name's row is an {@link
 * io.watchword.core.individual.IdentifierRow}, both under the account's id.
 *
 * @param loginName as it is presented, with regard to case
 * @param addresses where letters may go
 * @param roles that its sessions have
 * @param name for people; {@code null}: none
 * @param language ISO 639-3, in which it wants to be written to; {@code null}: not known
 * @param person id of the individual whose account it is; {@code null}: nobody on file
 * @param passwordHash as {@link io.watchword.core.secret.SlowHash} made it; {@code null}: the
 *     account has no password
 */
public record Account(
    String loginName,
    Map<Channel, String> addresses,
    List<String> roles,
    @Nullable String name,
    @Nullable String language,
    @Nullable String person,
    @Nullable String passwordHash) {

  /** Keyed by account id: 32 hexadecimal digits of 128 random bits. */
  public static final Table<Account> TABLE = Table.sealed("accounts", Account.class);

  public Account {
    addresses = Map.copyOf(addresses);
    roles = List.copyOf(roles);
  }

  public Optional<String> address(Channel channel) {
    return Optional.ofNullable(addresses.get(channel));
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "Account[sealed]";
  }
}
