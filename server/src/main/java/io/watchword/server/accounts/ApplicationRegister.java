package io.watchword.server.accounts;

import io.watchword.core.account.Application;
import io.watchword.core.account.Application.Status;
import io.watchword.core.account.Client;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.delivery.Channel;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.session.Revocation;
import io.watchword.core.session.Sessions;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.server.partners.RecordedChanges;
import io.watchword.server.partners.RecordedChanges.Act;
import io.watchword.server.people.LineRefused;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings applications and their clients on file, lists them and disables them, on all nodes within
 * two seconds. Thread-safe.
 */
public final class ApplicationRegister {

  private static final int SECRET_BYTES = 24;
  private static final int SHORTEST_SECRET = 16;
  private static final int MOST_CLIENTS = 32;
  private static final String DEFAULT_FAMILY = "auth-otp";

  private final Store store;
  private final RecordedChanges changes;
  private final Sessions sessions;
  private final SlowHash hash;
  private final SecureRandom random;

  public ApplicationRegister(
      Store store, RecordedChanges changes, Sessions sessions, SlowHash hash, SecureRandom random) {
    this.store = store;
    this.changes = changes;
    this.sessions = sessions;
    this.hash = hash;
    this.random = random;
  }

  /** The secret of a new client, shown once. */
  public record NewSecret(String client, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "NewSecret[" + client + "]";
    }
  }

  /** An application as operators see it, with the ids of its clients. */
  public record Listed(Application application, List<Client> clients) {}

  /**
   * Takes an application on file, or new terms of one that is known. Who is disabled stays so.
   *
   * @param operator who acts, for the audit
   * @return the secrets that were made for new clients
   * @throws LineRefused with the reason
   */
  public List<NewSecret> put(String operator, ApplicationLine line) throws LineRefused {
    Application application = application(line);
    List<NewSecret> made = new ArrayList<>();
    List<Client> clients = clients(line, application.id(), made);
    Key<Application> key = Application.TABLE.key(application.id());
    List<Key<?>> keys = new ArrayList<>(List.of(key));
    clients.forEach(client -> keys.add(Client.TABLE.key(client.id())));
    changes.commit(
        Act.onCallers(operator, "application.put=" + application.id()),
        keys,
        rows -> {
          Application before = rows.get(key);
          rows.put(key, before == null ? application : application.with(before.status()));
          for (Client client : clients) {
            Key<Client> clientKey = Client.TABLE.key(client.id());
            Client known = rows.get(clientKey);
            rows.put(clientKey, known == null ? client : client.with(known.status()));
          }
        });
    return made;
  }

  private static Application application(ApplicationLine line) throws LineRefused {
    String id = Checks.id(line.id(), "id");
    Set<Application.Place> users = line.users() == null ? Set.of() : line.users();
    if (users.stream().anyMatch(Objects::isNull)) {
      throw new LineRefused("users names no place");
    }
    List<String> families = line.families() == null ? List.of(DEFAULT_FAMILY) : line.families();
    for (String family : families) {
      Checks.id(family, "families");
    }
    if (line.sendsPerHour() != null && line.sendsPerHour() < 0) {
      throw new LineRefused("sendsPerHour is less than 0");
    }
    return new Application(
        id,
        Status.ACTIVE,
        users,
        line.channels() == null ? Set.of(Channel.values()) : line.channels(),
        line.severalChannels() != null && line.severalChannels(),
        families,
        line.sendsPerHour(),
        line.captcha() != null && line.captcha(),
        line.codes() == null ? null : terms(line.codes()));
  }

  private static Application.CodeTerms terms(ApplicationLine.Terms given) throws LineRefused {
    Duration lifetime = seconds(given.lifetimeSeconds());
    Duration freeze = seconds(given.freezeSeconds());
    try {
      // The core says what a policy may be.
      var _ =
          new CodePolicy(
              "check",
              given.digits() == null ? 6 : given.digits(),
              lifetime == null ? Duration.ofMinutes(3) : lifetime,
              given.tries() == null ? 3 : given.tries(),
              freeze == null ? Duration.ofMinutes(30) : freeze,
              Duration.ofMinutes(1),
              1,
              CodePolicy.Manner.KERNEL_LOGIN);
    } catch (IllegalArgumentException e) {
      throw new LineRefused("codes: " + e.getMessage());
    }
    return new Application.CodeTerms(given.digits(), lifetime, given.tries(), freeze);
  }

  private static @Nullable Duration seconds(@Nullable Integer given) throws LineRefused {
    if (given == null) {
      return null;
    }
    if (given < 1 || given > 30 * 24 * 3600) {
      throw new LineRefused("codes: a time is 1 second to 30 days");
    }
    return Duration.ofSeconds(given);
  }

  private List<Client> clients(ApplicationLine line, String application, List<NewSecret> made)
      throws LineRefused {
    List<ApplicationLine.Credential> given = line.clients() == null ? List.of() : line.clients();
    if (given.size() > MOST_CLIENTS || given.stream().anyMatch(Objects::isNull)) {
      throw new LineRefused("clients: at most " + MOST_CLIENTS);
    }
    List<Client> clients = new ArrayList<>();
    for (ApplicationLine.Credential each : given) {
      String id = Checks.id(each.id(), "clients/id");
      List<String> roles = Checks.roles(each.roles());
      Client known = store.read(Client.TABLE.key(id));
      if (known != null && !known.application().equals(application)) {
        throw new LineRefused("client " + id + " belongs to another application");
      }
      String secret = Checks.secret(each.secret(), SHORTEST_SECRET, "clients/secret");
      if (known != null && secret == null) {
        clients.add(
            new Client(
                id,
                application,
                roles,
                known.secretHash(),
                known.formerSecretHash(),
                Status.ACTIVE));
        continue;
      }
      if (secret == null) {
        secret = newSecret();
        made.add(new NewSecret(id, secret));
      }
      clients.add(
          new Client(
              id,
              application,
              roles,
              hashed(secret),
              known == null ? null : known.secretHash(),
              Status.ACTIVE));
    }
    return clients;
  }

  private String hashed(String secret) throws LineRefused {
    try {
      return hash.of(secret);
    } catch (SlowHash.Busy e) {
      throw new LineRefused("too many passwords at the same time; import the line again");
    }
  }

  /** A secret that nobody guesses. */
  public String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether there is such a client. */
  public boolean knows(String client) {
    return store.read(Client.TABLE.key(client)) != null;
  }

  /** All applications. */
  public List<Listed> list() {
    List<Client> clients = changes.all(Client.TABLE).stream().map(Store.Entry::row).toList();
    return changes.all(Application.TABLE).stream()
        .map(Store.Entry::row)
        .map(application ->
            new Listed(
                application,
                clients.stream()
                    .filter(client -> client.application().equals(application.id()))
                    .toList()))
        .toList();
  }

  /**
   * Serves an application no more and ends all sessions for it.
   *
   * @return whether there is such an application
   */
  public boolean disable(String operator, String id) {
    return stand(operator, id, Status.DISABLED);
  }

  /** Serves a disabled application again. */
  public boolean enable(String operator, String id) {
    return stand(operator, id, Status.ACTIVE);
  }

  private boolean stand(String operator, String id, Status status) {
    Key<Application> key = Application.TABLE.key(id);
    Application known = store.read(key);
    if (known == null) {
      return false;
    }
    Instant now = changes.now();
    Key<Revocation> ended = Revocation.ofApplication(id);
    changes.commit(
        Act.onCallers(
            operator,
            (status == Status.ACTIVE ? "application.enable=" : "application.disable=") + id),
        List.of(key, ended, Generation.SESSIONS),
        rows -> {
          rows.put(key, Optional.ofNullable(rows.get(key)).orElse(known).with(status));
          if (status == Status.DISABLED) {
            sessions.endAll(rows, ended, now);
          }
        });
    sessions.refresh();
    return true;
  }
}
