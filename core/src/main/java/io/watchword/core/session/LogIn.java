package io.watchword.core.session;

import io.watchword.core.account.Account;
import io.watchword.core.account.Accounts;
import io.watchword.core.account.Application;
import io.watchword.core.account.Client;
import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.audit.Noted;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.WrongCodes;
import io.watchword.core.code.CodeFactor;
import io.watchword.core.code.Recipient;
import io.watchword.core.code.SendCode;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.keys.Keyring;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stories of getting in: by a code that was sent, by a password, or, for an application, by its
 * secret. Each ends in one audit record and, if everything is right, a {@link Session}.
 *
 * <p>A code is judged in one unit. Passwords and secrets are hashed slowly, outside any unit:
 * before that a first unit counts the try as a wrong one, and afterwards a second takes it back if
 * it was right, so that a crash between them forgives nobody.
 */
public final class LogIn {

  private final Store store;
  private final Keyring keyring;
  private final AuditTrail audit;
  private final Ambient ambient;
  private final Sessions sessions;
  private final SlowHash hash;
  private final BudgetPolicy budgets;

  public LogIn(
      Store store,
      Keyring keyring,
      AuditTrail audit,
      Ambient ambient,
      Sessions sessions,
      SlowHash hash,
      BudgetPolicy budgets) {
    this.store = store;
    this.keyring = keyring;
    this.audit = audit;
    this.ambient = ambient;
    this.sessions = sessions;
    this.hash = hash;
    this.budgets = budgets;
  }

  /**
   * Somebody who asks to be let in.
   *
   * @param door name of the wire format, for the audit
   * @param caller under which wrong tries are counted
   * @param application for which they log in; empty: none was named
   * @param origin where the request comes from: tries of secrets are counted for each place, so
   *     that no stranger can shut anybody else out
   * @param request the server's id of the request
   */
  public record Request(
      String door, String caller, String application, String origin, String request) {}

  /** The answer. */
  public sealed interface Outcome {}

  public record In(Session session) implements Outcome {}

  /** What was given was compared and is wrong, or there is nobody of that name. */
  public record Wrong() implements Outcome {}

  public record Refused(LogInRefusal why) implements Outcome {}

  /** By a code that was sent to them. */
  public Outcome byCode(
      SendCode.CodeRules rules,
      Request request,
      Identifier identifier,
      Recipient recipient,
      Session.Holder holder,
      String code) {
    Instant now = ambient.now();
    return store.commit(
        new GiveCode(
            identifier,
            StandingRefusal.Check.of(
                identifier, recipient.lookup(), recipient.people(), request.caller(), keyring),
            CodeFactor.of(
                rules,
                rules
                    .slots()
                    .binding(identifier.value(), recipient.subject(), "", request.caller()),
                recipient.person(),
                request.caller(),
                keyring),
            code,
            sessions.open(holder, request.application(), Session.Means.CODE, now),
            audit,
            record(request, request.application(), recipient.person(), "code", now)));
  }

  /** By a code, for a name that leads to nobody. */
  public Refused unknown(Request request, Identifier identifier) {
    Refused refused =
        new Refused(new LogInRefusal.NotServed(new StandingRefusal.Unknown(identifier.type())));
    AuditRecord record = record(request, request.application(), null, "code", ambient.now());
    store.commit(new Noted(audit, record.ended("Unknown")));
    return refused;
  }

  /**
   * By a password.
   *
   * @param name by which they log in
   * @param found the account of that name; empty: there is none, which takes as long and is
   *     answered like a wrong password
   */
  public Outcome byPassword(
      Request request,
      String name,
      Optional<Accounts.Found> found,
      Session.Holder holder,
      String password) {
    Identifier identifier = Accounts.identifier(name);
    Optional<Recipient> recipient = found.map(Accounts.Found::recipient);
    String person =
        recipient.map(Recipient::person).orElseGet(() -> keyring.lookup("nobody", name));
    String origin = keyring.lookup("origin", request.origin());
    var attempt =
        new Attempt(
            record(
                request,
                request.application(),
                recipient.isPresent() ? person : null,
                "password",
                ambient.now()),
            recipient
                .map(known ->
                    StandingRefusal.Check.of(
                        identifier, known.lookup(), known.people(), request.caller(), keyring))
                .orElse(null),
            List.of(
                WrongCodes.Limit.atCaller(person, origin, budgets),
                WrongCodes.Limit.everywhere(person, budgets)));
    List<String> hashes =
        found
            .map(Accounts.Found::account)
            .map(Account::passwordHash)
            .map(List::of)
            .orElse(List.of());
    return slow(
        attempt,
        hashes,
        password,
        () -> sessions.open(holder, request.application(), Session.Means.PASSWORD, ambient.now()));
  }

  /**
   * By the secret of a client. Tries are counted for each place that they come from, so that nobody
   * can shut the application itself out.
   *
   * @return {@link Wrong} also where there is no such client, or it or its application is disabled
   */
  public Outcome bySecret(Request request, String clientId, String secret) {
    Client client = Client.isId(clientId) ? store.read(Client.TABLE.key(clientId)) : null;
    Application application =
        client == null ? null : store.read(Application.TABLE.key(client.application()));
    boolean served =
        client != null && client.active() && application != null && application.active();
    List<String> hashes = new ArrayList<>();
    if (client != null && served) {
      hashes.add(client.secretHash());
      if (client.formerSecretHash() != null) {
        hashes.add(client.formerSecretHash());
      }
    }
    // With its length before it, no client's id can borrow from the place.
    String place = clientId.length() + "/" + clientId + "/" + request.origin();
    var attempt =
        new Attempt(
            // What nobody is called is not written down: it may be a secret in the wrong place.
            record(request, client == null ? "" : clientId, null, "secret", ambient.now()),
            null,
            List.of(
                WrongCodes.Limit.atCaller(
                    "client", keyring.lookup("client-origin", place), budgets)));
    return slow(
        attempt,
        hashes,
        secret,
        () ->
            sessions.open(
                Session.Holder.client(clientId, client == null ? List.of() : client.roles()),
                client == null ? "" : client.application(),
                Session.Means.SECRET,
                ambient.now()));
  }

  /**
   * @param hashes any of which may be the secret's; empty: none is
   */
  private Outcome slow(
      Attempt attempt, List<String> hashes, String secret, Supplier<Session> session) {
    Optional<LogInRefusal> stopped = store.commit(new BeginTry(attempt, audit));
    if (stopped.isPresent()) {
      return new Refused(stopped.get());
    }
    boolean right;
    try {
      right = matches(hashes, secret);
    } catch (SlowHash.Busy e) {
      // Nothing was compared, so the try is given back.
      store.commit(new SettleTry(attempt, SettleTry.Result.NOT_COMPARED, audit, ambient.now()));
      return new Refused(new LogInRefusal.Busy());
    }
    SettleTry.Result result = right ? SettleTry.Result.RIGHT : SettleTry.Result.WRONG;
    Optional<LogInRefusal> unserved =
        store.commit(new SettleTry(attempt, result, audit, ambient.now()));
    if (unserved.isPresent()) {
      return new Refused(unserved.get());
    }
    return right ? new In(session.get()) : new Wrong();
  }

  private boolean matches(List<String> hashes, String secret) throws SlowHash.Busy {
    boolean right = false;
    for (String each : hashes) {
      right |= hash.matches(each, secret);
    }
    return hashes.isEmpty() ? hash.matches(null, secret) : right;
  }

  private static AuditRecord record(
      Request request, String caller, @Nullable String person, String factor, Instant now) {
    return new AuditRecord(
        now,
        AuditRecord.Event.LOG_IN,
        request.door(),
        caller,
        person,
        "",
        AuditRecord.ACCEPTED,
        List.of(factor),
        request.request());
  }
}
