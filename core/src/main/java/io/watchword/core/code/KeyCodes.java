package io.watchword.core.code;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.budget.BudgetWatch;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The story of codes for keys (contract kernel B): an application asks for a code under a key of
 * its own choice, brings it to whom it likes, and asks later whether it was given back. The codes
 * live in slots like all others, under a purpose of their own, so none of them ever opens what a
 * code that was sent opens.
 */
public final class KeyCodes {

  /** The owner of keys that belong to all applications together. */
  public static final String SHARED = "";

  private final Store store;
  private final Keyring keyring;
  private final AuditTrail audit;
  private final Ambient ambient;
  private final BudgetWatch watch;

  public KeyCodes(
      Store store, Keyring keyring, AuditTrail audit, Ambient ambient, BudgetWatch watch) {
    this.store = store;
    this.keyring = keyring;
    this.audit = audit;
    this.ambient = ambient;
    this.watch = watch;
  }

  /**
   * What an application asks.
   *
   * @param door name of the wire format, for the audit
   * @param caller id of whoever asks
   * @param owner whose keys are meant; nobody reaches those of another
   * @param key whatever the code is for
   * @param request the server's id of the request
   */
  public record Request(String door, String caller, String owner, String key, String request) {

    /** Without the key, which may be somebody's phone number. */
    @Override
    public String toString() {
      return "Request[" + caller + ", " + request + "]";
    }
  }

  /** What came of asking for a code. */
  public sealed interface Made {}

  /** A code; the former one of the key is worth nothing any more. */
  public record Code(String digits) implements Made {
    @Override
    public String toString() {
      return "Code";
    }
  }

  /** No code; a former one is as valid as before. */
  public record NotMade(SendRefusal why) implements Made {}

  /** Makes a code and hands it to the caller. */
  public Made make(SendCode.CodeRules rules, Request request) {
    Subject subject = subject(rules, request);
    Instant now = ambient.now();
    String digits = ambient.digits(rules.slots().digits());
    var code =
        new CodeSlot.Code(
            subject.binding().seal(keyring, digits), now, now.plus(rules.slots().lifetime()));
    var unit =
        new MakeKeyCode(
            rules.slots(),
            subject.binding().slot(keyring),
            SendLimits.ofHandedOver(rules, subject.id(), request.caller()),
            code,
            audit,
            record(AuditRecord.Event.CODE_MADE, request, subject, now));
    Optional<SendRefusal> refused = store.commit(unit);
    if (refused.orElse(null) instanceof SendRefusal.TooMany(String budget)) {
      watch.refused(budget, request.door(), request.caller());
    }
    return refused.isPresent() ? new NotMade(refused.get()) : new Code(digits);
  }

  /** Says whether a code is right, and spends it or a try. */
  public CodeFactor.Result check(SendCode.CodeRules rules, Request request, String code) {
    Subject subject = subject(rules, request);
    Instant now = ambient.now();
    return store.commit(
        new CheckKeyCode(
            CodeFactor.of(rules, subject.binding(), subject.id(), request.caller(), keyring),
            code,
            audit,
            record(AuditRecord.Event.CODE_CHECK, request, subject, now)));
  }

  /**
   * @param id under which it is counted
   */
  record Subject(CodeBinding binding, String id) {

    static Subject of(CodePolicy policy, String owner, String key, Keyring keyring) {
      // With its length before it, no owner's id can borrow from the key.
      String whole = owner.length() + "/" + owner + "/" + key;
      return new Subject(
          policy.binding(whole, whole, "", owner),
          keyring.lookup("subject-" + policy.purpose(), whole));
    }
  }

  private Subject subject(SendCode.CodeRules rules, Request request) {
    return Subject.of(rules.slots(), request.owner(), request.key(), keyring);
  }

  private static AuditRecord record(
      AuditRecord.Event event, Request request, Subject subject, Instant now) {
    return new AuditRecord(
        now,
        event,
        request.door(),
        request.caller(),
        subject.id(),
        "",
        AuditRecord.ACCEPTED,
        List.of(),
        request.request());
  }

  /**
   * @param record of a success
   */
  private record MakeKeyCode(
      CodePolicy policy,
      Key<CodeSlot> slot,
      SendLimits limits,
      CodeSlot.Code code,
      AuditTrail audit,
      AuditRecord record)
      implements Unit<Optional<SendRefusal>> {

    @Override
    public Collection<Key<?>> keys() {
      var keys = new ArrayList<Key<?>>(limits.keys());
      keys.add(slot);
      keys.add(audit.head());
      return keys;
    }

    @Override
    public Optional<SendRefusal> apply(Rows rows) {
      Optional<SendRefusal> refused = decide(rows, record.at());
      audit.append(rows, refused.map(why -> record.ended(SendCode.name(why))).orElse(record));
      return refused;
    }

    private Optional<SendRefusal> decide(Rows rows, Instant now) {
      SendRefusal flooded = limits.flooded(rows, now);
      if (flooded != null) {
        return Optional.of(flooded);
      }
      CodeSlot current = Optional.ofNullable(rows.get(slot)).orElse(CodeSlot.EMPTY);
      if (current.frozen(policy, now) || limits.isShut(rows, now)) {
        return Optional.of(new SendRefusal.Frozen());
      }
      SendRefusal spent = limits.spend(rows, Set.of(), now);
      if (spent != null) {
        return Optional.of(spent);
      }
      rows.put(
          slot,
          current.withPending(code, policy, now).activated(code, policy),
          current.uselessAfter(policy, now));
      return Optional.empty();
    }
  }

  /**
   * @param record of a success
   */
  private record CheckKeyCode(CodeFactor factor, String code, AuditTrail audit, AuditRecord record)
      implements Unit<CodeFactor.Result> {

    @Override
    public Collection<Key<?>> keys() {
      var keys = new ArrayList<Key<?>>(factor.keys());
      keys.add(audit.head());
      return keys;
    }

    @Override
    public CodeFactor.Result apply(Rows rows) {
      CodeFactor.Result result = factor.spend(rows, code, null, record.at());
      audit.append(
          rows,
          switch (result) {
            case CodeFactor.Right() -> record;
            case CodeFactor.Different() -> record.ended("Mismatch");
            case CodeFactor.NoAnswer(CodeRefusal why) ->
                record.ended(why.getClass().getSimpleName());
          });
      return result;
    }

    /** Without the code. */
    @Override
    public String toString() {
      return "CheckKeyCode";
    }
  }
}
