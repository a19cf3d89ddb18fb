package io.watchword.core.code;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** The limits of a door's codes: its slots' and the ones above them. */
  public record CodeRules(CodePolicy slots, BudgetPolicy budgets) {}

  public SendCode(
      Store store,
      Keyring keyring,
      AuditTrail audit,
      Ambient ambient,
      CodeRules rules,
      CodeLetters letters,
      Courier courier) {
    this.store = store;
    this.keyring = keyring;
    this.audit = audit;
    this.ambient = ambient;
    this.rules = rules;
    this.letters = letters;
    this.courier = courier;
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
   * @param request the server's id of the request
   */
  public record Request(
      String door,
      String caller,
      Identifier identifier,
      String transaction,
      Set<Channel> channels,
      String request) {}

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

  /** Sends a code to somebody who was found in the directory. */
  public Outcome send(Request request, Directory.Found found) {
    var binding =
        new CodeBinding(
            rules.slots().purpose(),
            request.identifier().value(),
            request.transaction(),
            request.caller());
    Instant now = ambient.now();
    String fixed = found.individual().fixedCode();
    String digits = fixed != null ? fixed : ambient.digits(rules.slots().digits());
    var code =
        new CodeSlot.Code(binding.seal(keyring, digits), now, now.plus(rules.slots().lifetime()));
    var begin =
        new BeginSend(
            rules,
            request,
            found,
            StandingRefusal.Check.of(
                request.identifier(), found.key(), found.person(), request.caller(), keyring),
            binding.slot(keyring),
            SendLimits.of(rules, request, found, keyring),
            code,
            audit);
    return switch (store.commit(begin)) {
      case BeginSend.Stopped(SendRefusal why) -> new Refused(why);
      case BeginSend.Nothing() -> new Sent(Map.of());
      case BeginSend.Open(Set<Channel> channels) -> {
        Map<Channel, String> taken = carry(letters(request, found, channels, digits, now));
        yield store.commit(
            new FinishSend(
                rules.slots(),
                request,
                found,
                binding.slot(keyring),
                SentCode.Keys.of(keyring, binding),
                code,
                taken,
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
    return store.commit(
        new RefuseUnknown(
            request, SendLimits.ofCaller(request.caller(), rules.budgets()), audit, ambient.now()));
  }

  private List<Letter> letters(
      Request request, Directory.Found found, Set<Channel> channels, String digits, Instant now) {
    var composed = new ArrayList<Letter>();
    for (Channel channel : channels) {
      address(found.individual(), channel)
          .ifPresent(to ->
              composed.add(
                  letters.compose(
                      channel,
                      to,
                      request.identifier(),
                      found.individual(),
                      digits,
                      now,
                      rules.slots().lifetime())));
    }
    return composed;
  }

  /** With several letters all but the last travel on threads of their own. */
  private Map<Channel, String> carry(List<Letter> post) {
    Executor threads = Thread::startVirtualThread;
    var others = new ArrayList<CompletableFuture<Courier.Outcome>>();
    for (Letter letter : post.subList(0, post.size() - 1)) {
      others.add(CompletableFuture.supplyAsync(() -> carry(letter), threads));
    }
    var taken = new EnumMap<Channel, String>(Channel.class);
    note(taken, post.getLast(), carry(post.getLast()));
    for (int i = 0; i < others.size(); i++) {
      note(taken, post.get(i), others.get(i).join());
    }
    return taken;
  }

  /** A courier that throws has taken nothing: the send then ends in order, with its record. */
  private Courier.Outcome carry(Letter letter) {
    try {
      return courier.carry(letter);
    } catch (RuntimeException broken) {
      return new Courier.Failed(broken.getClass().getName());
    }
  }

  private static void note(Map<Channel, String> taken, Letter letter, Courier.Outcome outcome) {
    if (outcome instanceof Courier.Taken) {
      taken.put(letter.channel(), letter.to());
    }
  }

  static Optional<String> address(Individual individual, Channel channel) {
    return individual.plain(
        switch (channel) {
          case EMAIL -> Individual.EMAIL;
          case PHONE -> Individual.PHONE;
        });
  }

  /** How the audit calls a refusal. */
  static String name(SendRefusal why) {
    return why instanceof SendRefusal.NotServed(StandingRefusal reason)
        ? reason.getClass().getSimpleName()
        : why.getClass().getSimpleName();
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
