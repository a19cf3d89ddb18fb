package io.watchword.core.mobile;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.individual.Standing;
import io.watchword.core.mobile.MobileType.Confirm;
import io.watchword.core.mobile.MobileType.OnMismatch;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The story of a code that an app has scanned (contract mobile 3.6): the first device whose claim
 * is right has the transaction.
 */
public final class ClaimLogin {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int PER_DEVICE_MINUTE = 10;
  private static final int PER_DEVICE_HOUR = 60;
  private static final int PER_USER_MINUTE = 20;
  private static final int CHALLENGE_BYTES = 32;
  private static final int NUMBERS = 90;

  private final Ground ground;

  public ClaimLogin(Ground ground) {
    this.ground = ground;
  }

  /**
   * A claim, and whether its signature is right.
   *
   * @param account id of whoever is logged in to the app
   * @param people ids whose standing counts: the account, and the person it belongs to
   * @param user its login name
   * @param enrollment whose key was tried on the signature
   * @param signatureRight whether the key verified it
   * @param transaction id that stands in the code
   * @param scan the rest of the code
   * @param proximity of browser and app, once both addresses are known
   * @param request the server's id of the request
   */
  public record Request(
      String account,
      List<String> people,
      String user,
      Enrollment enrollment,
      boolean signatureRight,
      String transaction,
      ScanCheck scan,
      Transaction.Source source,
      Proximity proximity,
      String request) {}

  /** How far browser and app seem to be from each other. */
  public interface Proximity {

    /**
     * @param browser address of the browser; {@code null}: not told
     * @return {@code same_network}, {@code different} or {@code unknown}
     */
    String of(@Nullable String browser);
  }

  /** The types as they are now. */
  public interface Types {
    /** {@code null}: there is none of that name any more. */
    @Nullable MobileType named(String name);
  }

  /** What came of it. */
  public sealed interface Outcome {}

  /** The device has it; the person is to be asked. */
  public record Claimed(Transaction transaction) implements Outcome {}

  /** No such transaction, a wrong code, or not the person who is expected: not told apart. */
  public record NotFound() implements Outcome {}

  public record FrameExpired() implements Outcome {}

  public record Expired() implements Outcome {}

  public record Cancelled() implements Outcome {}

  public record AlreadyClaimed() implements Outcome {}

  public record WrongSource() implements Outcome {}

  public record TooFar() implements Outcome {}

  /** The key was taken away since, or the account is not served. */
  public record Revoked() implements Outcome {}

  public record TooMany(Duration retryAfter) implements Outcome {}

  public record InvalidSignature() implements Outcome {}

  /** Claims a transaction for a device. */
  public Outcome claim(Types types, Request request) {
    Transaction seen = ground.store().read(Transaction.key(request.transaction()));
    MobileType type = seen == null ? null : types.named(seen.asked().type());
    List<String> numbers = numbers(type == null ? 2 : type.confirmation().options());
    return ground
        .store()
        .commit(
            new Take(
                ground,
                request,
                type,
                ground.random(CHALLENGE_BYTES),
                numbers,
                numbers.get(ground.ambient().random().nextInt(numbers.size())),
                ground.ambient().now()));
  }

  /** Different ones of two digits, in any order. */
  private List<String> numbers(int count) {
    Set<String> numbers = new LinkedHashSet<>();
    while (numbers.size() < count) {
      numbers.add(Integer.toString(10 + ground.ambient().random().nextInt(NUMBERS)));
    }
    List<String> shuffled = new ArrayList<>(numbers);
    Collections.shuffle(shuffled, Random.from(ground.ambient().random()));
    return List.copyOf(shuffled);
  }

  /**
   * @param type {@code null}: the transaction is unknown, or its type is gone
   */
  private record Take(
      Ground ground,
      Request request,
      @Nullable MobileType type,
      String challenge,
      List<String> numbers,
      String right,
      Instant now)
      implements Unit<Outcome> {

    private List<SendWindows.Limit> limits() {
      Key<SendWindows> device =
          SendWindows.TABLE.key(
              "claims/" + request.account() + "/" + request.enrollment().device().id());
      return List.of(
          new SendWindows.Limit(device, "minute", MINUTE, PER_DEVICE_MINUTE),
          new SendWindows.Limit(device, "hour", HOUR, PER_DEVICE_HOUR),
          new SendWindows.Limit(
              SendWindows.TABLE.key("claims/" + request.account()),
              "minute",
              MINUTE,
              PER_USER_MINUTE));
    }

    private Key<Enrollment> enrollment() {
      return Enrollment.key(request.account(), request.enrollment().device().id());
    }

    @Override
    public Collection<Key<?>> keys() {
      Set<Key<?>> keys = new LinkedHashSet<>();
      keys.add(Transaction.key(request.transaction()));
      keys.add(enrollment());
      request.people().forEach(person -> keys.add(Standing.key(person)));
      limits().forEach(limit -> keys.add(limit.key()));
      keys.add(ground.audit().head());
      return keys;
    }

    @Override
    public Outcome apply(Rows rows) {
      Outcome outcome = decide(rows);
      if (outcome instanceof TooMany) {
        // Counted by the minute at the door, so that nobody fills the trail.
        return outcome;
      }
      ground
          .audit()
          .append(
              rows,
              new AuditRecord(
                  now,
                  AuditRecord.Event.MOBILE_LOGIN,
                  Ground.DOOR,
                  request.enrollment().app(),
                  request.account(),
                  request.transaction(),
                  name(outcome),
                  distance(outcome),
                  request.request()));
      return outcome;
    }

    private static List<String> distance(Outcome outcome) {
      Transaction.Claim claim = outcome instanceof Claimed(var taken) ? taken.claim() : null;
      return claim == null || claim.proximity().equals("same_network")
          ? List.of()
          : List.of("proximity=" + claim.proximity());
    }

    private Outcome decide(Rows rows) {
      Enrollment enrolled = rows.get(enrollment());
      if (enrolled == null
          || !enrolled.has(request.enrollment().keyId())
          || Standing.anyDeactivated(rows, request.people(), now)) {
        return new Revoked();
      }
      for (SendWindows.Limit limit : limits()) {
        if (limit.full(rows, now)) {
          return new TooMany(limit.length());
        }
      }
      limits().forEach(limit -> limit.count(rows, now));
      if (!request.signatureRight()) {
        return new InvalidSignature();
      }
      Transaction stored = rows.get(Transaction.key(request.transaction()));
      if (stored == null || type == null || !now.isBefore(stored.uselessAfter())) {
        return new NotFound();
      }
      Transaction found = stored.at(now);
      if (stored.code() == null) {
        // What was the right code is not known any more.
        return isOwn(found) ? over(found) : new NotFound();
      }
      return switch (request.scan().fit(stored.code(), found.times().createdAt(), now)) {
        case WRONG -> wrong(rows, found);
        case ANOTHER_TIME -> new FrameExpired();
        case RIGHT -> right(rows, found);
      };
    }

    private boolean isOwn(Transaction found) {
      return found.claim() != null
          && found.claim().account().equals(request.account())
          && found.claim().keyId().equals(request.enrollment().keyId());
    }

    private static Outcome over(Transaction found) {
      return switch (found.state()) {
        case CANCELLED -> new Cancelled();
        case EXPIRED -> new Expired();
        default -> new AlreadyClaimed();
      };
    }

    private Outcome wrong(Rows rows, Transaction found) {
      if (found.state() != Transaction.State.CREATED || type == null) {
        return new NotFound();
      }
      var before = found.faults();
      var faults = new Transaction.Faults(before.codes() + 1, before.answers(), before.secrets());
      Transaction next = found.with(faults);
      put(
          rows,
          faults.codes() < type.maxWrongCodes()
              ? next
              : next.ended(Transaction.State.FAILED, Transaction.Reason.TOO_MANY_ATTEMPTS));
      return new NotFound();
    }

    private Outcome right(Rows rows, Transaction found) {
      if (found.asked().source() != request.source()) {
        return new WrongSource();
      }
      if (found.state() == Transaction.State.CLAIMED) {
        return isOwn(found) ? new Claimed(found) : new AlreadyClaimed();
      }
      if (found.state() != Transaction.State.CREATED) {
        return over(found);
      }
      String expected = found.asked().expectedAccount();
      if (expected != null && !expected.equals(request.account())) {
        return new NotFound();
      }
      return take(rows, found);
    }

    private Outcome take(Rows rows, Transaction found) {
      String proximity = request.proximity().of(found.asked().address());
      OnMismatch onMismatch = type == null ? OnMismatch.REJECT : type.onMismatch();
      // Somebody who relays a code can choose the address family, and so an unknown distance.
      boolean far = !proximity.equals("same_network");
      if (far && onMismatch == OnMismatch.REJECT) {
        return new TooFar();
      }
      Confirm confirm = found.asked().confirm();
      if (far && onMismatch == OnMismatch.REQUIRE_NUMBER && confirm == Confirm.TAP) {
        confirm = Confirm.ENTER;
      }
      Instant until = now.plus(found.times().decideWithin());
      Instant end = found.times().expiresAt();
      Transaction claimed =
          found.claimed(
              new Transaction.Claim(
                  request.account(),
                  request.people(),
                  request.user(),
                  request.enrollment().profile(),
                  request.enrollment().device(),
                  request.enrollment().keyId(),
                  challenge,
                  confirm,
                  confirm == Confirm.CHOOSE ? numbers : List.of(),
                  confirm == Confirm.TAP ? null : right,
                  attempts(confirm),
                  proximity,
                  (until.isBefore(end) ? until : end).truncatedTo(ChronoUnit.SECONDS)));
      put(rows, claimed);
      return new Claimed(claimed);
    }

    private int attempts(Confirm confirm) {
      return switch (confirm) {
        case TAP -> 0;
        case CHOOSE -> 1;
        case ENTER -> type == null ? 1 : type.confirmation().enterAttempts();
      };
    }

    private static void put(Rows rows, Transaction transaction) {
      rows.put(Transaction.key(transaction.id()), transaction, transaction.uselessAfter());
    }

    /** Without challenge and number. */
    @Override
    public String toString() {
      return "Take[" + request.transaction() + "]";
    }

    private static String name(Outcome outcome) {
      return switch (outcome) {
        case Claimed _ -> "mobile_auth_fetch_secured_message_fetched";
        case AlreadyClaimed() ->
            "mobile_auth_fetch_secured_message_fetch_failed_transaction_already_fetched";
        case Expired() -> "mobile_auth_fetch_secured_message_fetch_failed_transaction_expired";
        case NotFound(), Cancelled() -> "otp_auth_not_authenticated_invalid_otp";
        case FrameExpired() -> "frame_expired";
        case WrongSource() -> "wrong_channel";
        case TooFar() -> "proximity_mismatch";
        case Revoked() -> "mobile_auth_fetch_secured_message_fetch_failed_no_user_client_keys";
        case InvalidSignature() ->
            "mobile_auth_fetch_secured_message_fetch_failed_invalid_signature";
        case TooMany _ -> "rate_limited";
      };
    }
  }
}
