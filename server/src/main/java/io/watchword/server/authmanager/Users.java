package io.watchword.server.authmanager;

import io.watchword.core.account.Account;
import io.watchword.core.account.Accounts;
import io.watchword.core.account.Application;
import io.watchword.core.account.Application.Place;
import io.watchword.core.account.FirstUse;
import io.watchword.core.code.Recipient;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds users where their application has them (contract kernel, amendment 2).
 *
 * @param firstUse opens accounts for addresses
 */
record Users(
    Directory directory,
    Accounts accounts,
    FirstUse firstUse,
    List<String> individualRoles,
    List<String> addressRoles) {

  private static final Set<Place> ALL = Set.of(Place.INDIVIDUALS, Place.ACCOUNTS);
  private static final int LONGEST = 128;

  /** What a request says a user id is. */
  enum Type {
    UIN,
    USERID,
    /** It says nothing. */
    ANY
  }

  /**
   * Somebody who was found.
   *
   * @param identifier by which
   * @param holder of the session that they may get
   */
  record User(Identifier identifier, Recipient recipient, Session.Holder holder) {

    @Override
    public String toString() {
      return "User[" + recipient.subject() + "]";
    }
  }

  /** How a user id would be presented, whoever it belongs to. */
  static Identifier identifier(Type type, String userId) {
    return type == Type.UIN
        ? new Identifier(IdentifierType.UIN, userId)
        : Accounts.identifier(userId);
  }

  /** Somebody who is on file. */
  Optional<User> find(Optional<Application> application, Type type, String userId) {
    Set<Place> places = application.map(Application::places).orElse(ALL);
    if (userId.isEmpty() || userId.length() > LONGEST) {
      return Optional.empty();
    }
    Optional<User> found = Optional.empty();
    if (type != Type.UIN && places.contains(Place.ACCOUNTS)) {
      found = account(userId);
    }
    if (found.isEmpty() && type != Type.UIN && places.contains(Place.ADDRESSES)) {
      found = OwnAddress.of(userId).flatMap(address -> account(address.text()));
    }
    if (found.isEmpty() && type != Type.USERID && places.contains(Place.INDIVIDUALS)) {
      found = individual(userId);
    }
    return found;
  }

  /**
   * Opens an account for a user id that is an address, where the application has its users so.
   *
   * @param caller under which it is counted
   */
  Optional<User> open(Application application, Type type, String userId, String caller) {
    if (type == Type.UIN || !application.places().contains(Place.ADDRESSES)) {
      return Optional.empty();
    }
    return OwnAddress.of(userId)
        .filter(address -> firstUse.open(account(address), AuthManagerDoor.NAME, caller))
        .flatMap(address -> account(address.text()));
  }

  private Account account(OwnAddress address) {
    return new Account(
        address.text(),
        Map.of(address.channel(), address.text()),
        addressRoles,
        null,
        null,
        null,
        null);
  }

  private Optional<User> account(String loginName) {
    return accounts
        .find(loginName)
        .map(found ->
            new User(Accounts.identifier(loginName), found.recipient(), holder(found.account())));
  }

  /** As whom somebody with an account logs in. */
  static Session.Holder holder(Account account) {
    return new Session.Holder(
        Session.Kind.ACCOUNT,
        account.loginName(),
        account.roles(),
        account.name(),
        account.address(Channel.EMAIL).orElse(null),
        account.address(Channel.PHONE).orElse(null),
        account.language());
  }

  private Optional<User> individual(String uin) {
    var identifier = new Identifier(IdentifierType.UIN, uin);
    return directory
        .find(identifier)
        .map(found ->
            new User(
                identifier,
                Recipient.of(found),
                new Session.Holder(
                    Session.Kind.INDIVIDUAL, uin, individualRoles, null, null, null, null)));
  }
}
