package io.watchword.core.code;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.BudgetWatch;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The story of a code that is asked for: budgets and a pending code in one unit, the letters
 * outside any unit, then a second unit that makes the code valid if a courier took a letter and
 * drops it if none did. A crash between the units leaves no valid code and no acknowledgement.
 */
public final class SendCode {

  private final Store store;
  private final Keyring keyring;
  private final AuditTrail audit;
  private final Ambient ambient;
  private final CodeRules rules;
  private final CodeLetters letters;
  private final Courier courier;
  private final BudgetWatch watch;

  /** The limits of a door's codes: its slots' and the ones above them. */
  public record CodeRules(CodePolicy slots, BudgetPolicy budgets) {}

  public SendCode(
      Store store,
      Keyring keyring,
      AuditTrail audit,
      Ambient ambient,
      CodeRules rules,
      CodeLetters letters,
      Courier courier,
      BudgetWatch watch) {
    this.store = store;
    this.keyring = keyring;
    this.audit = audit;
    this.ambient = ambient;
    this.rules = rules;
    this.letters = letters;
    this.courier = courier;
    this.watch = watch;
  }

  /**
   * A code that somebody asks for.
   *
   * @param door name of the wire format, for the audit
   * @param caller id of the partner
   * @param identifier of the person, as presented
   * @param transaction the caller's transaction id; the code is bound to it
   * @param channels on which it may be sent, the first one first; empty: the request is judged and
   *     counted like any other, but no code is made
   * @param everyChannel whether each of the channels must have an address; else one is enough
   * @param wording how the letter is written
   * @param request the server's id of the request
   */
  public record Request(
      String door,
      String caller,
      Identifier identifier,
      String transaction,
      Set<Channel> channels,
      boolean everyChannel,
      Wording wording,
      String request) {

    /** With nothing that the caller brings, on whichever of the channels there are. */
    public Request(
        String door,
        String caller,
        Identifier identifier,
        String transaction,
        Set<Channel> channels,
        String request) {
      this(door, caller, identifier, transaction, channels, false, Wording.OWN, request);
    }
  }

  /**
   * How a letter is written.
   *
   * @param family of texts; empty: the deployment's common one
   * @param variables that the caller brings; what the server knows better goes before
   */
  public record Wording(String family, Map<String, String> variables) {

    public static final Wording OWN = new Wording("", Map.of());

    /** Without the values. */
    @Override
    public String toString() {
      return "Wording[" + family + ", " + variables.keySet() + "]";
    }
  }

  /** What came of it. */
  public sealed interface Outcome {}

  /**
   * A courier took at least one letter and the code is valid, or none was asked for.
   *
   * @param addresses unmasked, of the channels whose letter was taken
   */
  public record Sent(Map<Channel, String> addresses) implements Outcome {
    @Override
    public String toString() {
      return "Sent" + addresses.keySet();
    }
  }

  /** No code was sent, or none of its letters was taken; a former code is as valid as before. */
  public record Refused(SendRefusal why) implements Outcome {}

  /** Sends a code to somebody who was found, by the door's own rules. */
  public Outcome send(Request request, Recipient recipient) {
    return send(rules, request, recipient);
  }

  /** Sends a code to somebody who was found, by the rules of one application. */
  public Outcome send(CodeRules rules, Request request, Recipient recipient) {
    CodeBinding binding =
        rules
            .slots()
            .binding(
                request.identifier().value(),
                recipient.subject(),
                request.transaction(),
                request.caller());
    Key<CodeSlot> slot = binding.slot(keyring);
    Instant now = ambient.now();
    String fixed = recipient.fixedCode();
    String digits = fixed != null ? fixed : ambient.digits(rules.slots().digits());
    var code =
        new CodeSlot.Code(binding.seal(keyring, digits), now, now.plus(rules.slots().lifetime()));
    var begin =
        new BeginSend(
            rules,
            request,
            recipient,
            StandingRefusal.Check.of(
                request.identifier(),
                recipient.lookup(),
                recipient.people(),
                request.caller(),
                keyring),
            slot,
            SendLimits.of(rules, request, recipient, keyring),
            courier.stopped(),
            code,
            audit);
    return switch (store.commit(begin)) {
      case BeginSend.Stopped(SendRefusal why) -> refused(request, why);
      case BeginSend.Nothing() -> new Sent(Map.of());
      case BeginSend.Open(Set<Channel> channels) -> {
        Deliveries deliveries =
            carry(letters(request, recipient, channels, digits, now, rules.slots().lifetime()));
        yield store.commit(
            new FinishSend(
                rules.slots(),
                request,
                recipient,
                slot,
                rules.slots().remembersTransactions()
                    ? SentTransactions.Place.of(keyring, binding, recipient.person())
                    : null,
                code,
                deliveries,
                audit,
                ambient.now()));
      }
    };
  }

  /**
   * Refuses a code for somebody who is not on file: recorded, and counted against the caller, as it
   * is for people who are, so that nobody can look for identifiers without limit or trace.
   */
  public Refused refuseUnknown(Request request) {
    Refused refused =
        store.commit(
            new RefuseUnknown(
                request,
                SendLimits.ofCaller(request.caller(), rules.budgets()),
                audit,
                ambient.now()));
    return refused(request, refused.why());
  }

  private Refused refused(Request request, SendRefusal why) {
    if (why instanceof SendRefusal.TooMany(String budget)) {
      watch.refused(budget, request.door(), request.caller());
    }
    return new Refused(why);
  }

  private List<Letter> letters(
      Request request,
      Recipient recipient,
      Set<Channel> channels,
      String digits,
      Instant now,
      Duration lifetime) {
    var composed = new ArrayList<Letter>();
    for (Channel channel : channels) {
      composed.add(letters.compose(channel, request, recipient, digits, now, lifetime));
    }
    return composed;
  }

  /** With several letters all but the last travel on threads of their own. */
  private Deliveries carry(List<Letter> post) {
    Executor threads = Thread::startVirtualThread;
    var others = new ArrayList<CompletableFuture<Courier.Outcome>>();
    for (Letter letter : post.subList(0, post.size() - 1)) {
      others.add(CompletableFuture.supplyAsync(() -> carry(letter), threads));
    }
    Courier.Outcome last = carry(post.getLast());
    var outcomes = new ArrayList<Courier.Outcome>();
    others.forEach(each -> outcomes.add(each.join()));
    outcomes.add(last);
    return Deliveries.of(post, outcomes);
  }

  /** A courier that throws has taken nothing: the send then ends in order, with its record. */
  private Courier.Outcome carry(Letter letter) {
    try {
      return courier.carry(letter);
    } catch (RuntimeException broken) {
      return new Courier.Failed(broken.getClass().getName());
    }
  }

  /** How the audit calls a refusal. */
  static String name(SendRefusal why) {
    return switch (why) {
      case SendRefusal.NotServed(StandingRefusal reason) -> reason.getClass().getSimpleName();
      case SendRefusal.TooMany(String budget) -> "TooMany:" + budget;
      default -> why.getClass().getSimpleName();
    };
  }

  static AuditRecord record(Request request, @Nullable String person, Instant now, String outcome) {
    return new AuditRecord(
        now,
        AuditRecord.Event.CODE_SEND,
        request.door(),
        request.caller(),
        person,
        request.transaction(),
        outcome,
        List.of(),
        request.request());
  }
}
