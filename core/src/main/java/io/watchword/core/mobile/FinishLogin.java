package io.watchword.core.mobile;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.Noted;
import io.watchword.core.individual.Standing;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The story of a portal that looks, redeems or gives up (contract mobile 1.4 and 1.5). */
public final class FinishLogin {

  private static final int MOST_WRONG_SECRETS = 3;

  private final Ground ground;

  public FinishLogin(Ground ground) {
    this.ground = ground;
  }

  /** The transaction as it stands now; empty: unknown, or another portal's. */
  public Optional<Transaction> look(String client, String id) {
    return own(ground.store().read(Transaction.key(id)), client, ground.ambient().now());
  }

  /** As it stands; empty: unknown, another portal's, or forgotten although the row is there. */
  private static Optional<Transaction> own(
      @Nullable Transaction stored, String client, Instant now) {
    return Optional.ofNullable(stored)
        .filter(each -> each.asked().client().equals(client))
        .filter(each -> now.isBefore(each.uselessAfter()))
        .map(each -> each.at(now));
  }

  /** Rows that say whether whoever accepted still may: the device's key, and who stands for it. */
  private static List<Key<?>> believed(@Nullable Transaction seen) {
    Transaction.Claim claim = seen == null ? null : seen.claim();
    if (claim == null) {
      return List.of();
    }
    List<Key<?>> keys = new ArrayList<>();
    keys.add(Enrollment.key(claim.account(), claim.device().id()));
    claim.people().forEach(person -> keys.add(Standing.key(person)));
    return keys;
  }

  /**
   * Whether the device was taken away, or a person deactivated, after the answer. Another key of
   * the same device is no reason: the answer was signed with the one that counted then.
   */
  private static boolean isOut(Rows rows, Transaction found, Instant now) {
    Transaction.Claim claim = found.claim();
    if (claim == null) {
      return true;
    }
    Enrollment device = rows.get(Enrollment.key(claim.account(), claim.device().id()));
    return device == null
        || device.revokedAt() != null
        || Standing.anyDeactivated(rows, claim.people(), now);
  }

  /** Ended without success, although somebody had accepted. */
  private static Transaction withdrawn(Rows rows, Transaction found) {
    Transaction failed = found.ended(Transaction.State.FAILED, Transaction.Reason.NOT_ACCEPTED);
    put(rows, failed);
    return failed;
  }

  /** What came of redeeming. */
  public sealed interface Outcome {}

  public record Redeemed(Transaction transaction) implements Outcome {}

  public record NotFound() implements Outcome {}

  /** Nobody has accepted yet. */
  public record Pending() implements Outcome {}

  /** It ended without success. */
  public record Denied() implements Outcome {}

  public record AlreadyRedeemed() implements Outcome {}

  public record Expired() implements Outcome {}

  /** The browser that asks is not the one that started. */
  public record OtherBrowser() implements Outcome {}

  /**
   * Gives the result out, once, to the browser that started.
   *
   * @param secretHash base64url SHA-256 of the browser's secret
   * @param returnCode that the app brought back; {@code null}: none
   */
  public Outcome redeem(
      String client, String id, String secretHash, @Nullable String returnCode, String request) {
    return ground
        .store()
        .commit(
            new Redeem(
                ground,
                client,
                id,
                secretHash,
                returnCode,
                believed(ground.store().read(Transaction.key(id))),
                ground.ambient().now(),
                request));
  }

  /**
   * Hands the result of a login that is bound to no browser out, as often as the portal asks.
   *
   * @return the transaction afterwards; empty: unknown, or another portal's
   */
  public Optional<Transaction> fetch(String client, String id, String request) {
    Optional<Transaction> found = look(client, id);
    boolean first =
        found
            .filter(each -> each.state() == Transaction.State.ACCEPTED)
            .filter(Transaction::isUnbound)
            .isPresent();
    return first
        ? ground
            .store()
            .commit(
                new Fetch(
                    ground, client, id, believed(found.get()), ground.ambient().now(), request))
        : found;
  }

  /**
   * Gives up.
   *
   * @return the transaction afterwards; empty: unknown, or another portal's
   */
  public Optional<Transaction> cancel(String client, String id, String request) {
    return ground.store().commit(new Cancel(ground, client, id, ground.ambient().now(), request));
  }

  /** Writes down that a portal could not be told that a login has ended. */
  public void callbackFailed(Transaction transaction) {
    ground
        .store()
        .commit(
            new Noted(
                ground.audit(),
                Ground.record(
                    AuditRecord.Event.MOBILE_LOGIN,
                    ground.ambient().now(),
                    transaction.asked().client(),
                    null,
                    transaction.id(),
                    "callback_failed",
                    "")));
  }

  private static AuditRecord record(
      Transaction found, String outcome, Instant now, String request) {
    return Ground.record(
        AuditRecord.Event.MOBILE_LOGIN,
        now,
        found.asked().client(),
        found.claim() == null ? null : found.claim().account(),
        found.id(),
        outcome,
        request);
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one != null
        && other != null
        && MessageDigest.isEqual(
            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(Rows rows, Transaction transaction) {
    rows.put(Transaction.key(transaction.id()), transaction, transaction.uselessAfter());
  }

  private record Redeem(
      Ground ground,
      String client,
      String id,
      String secretHash,
      @Nullable String returnCode,
      List<Key<?>> believed,
      Instant now,
      String request)
      implements Unit<Outcome> {

    @Override
    public Collection<Key<?>> keys() {
      List<Key<?>> keys = new ArrayList<>(believed);
      keys.add(Transaction.key(id));
      keys.add(ground.audit().head());
      return keys;
    }

    @Override
    public Outcome apply(Rows rows) {
      Transaction found = own(rows.get(Transaction.key(id)), client, now).orElse(null);
      if (found == null) {
        return new NotFound();
      }
      Outcome outcome =
          switch (found.state()) {
            case CREATED, CLAIMED -> new Pending();
            case ACCEPTED -> wasSeen(found) ? accepted(rows, found) : new Pending();
            case DONE -> new AlreadyRedeemed();
            case EXPIRED -> new Expired();
            case DENIED, FAILED, CANCELLED -> new Denied();
          };
      if (!(outcome instanceof Pending)) { // pages that ask too early write nothing
        ground.audit().append(rows, record(found, name(outcome), now, request));
      }
      return outcome;
    }

    /** Who claimed it after it was read is not among the keys: the next call finds it. */
    private boolean wasSeen(Transaction found) {
      return believed.equals(FinishLogin.believed(found));
    }

    private Outcome accepted(Rows rows, Transaction found) {
      boolean browser = same(found.asked().binding(), secretHash);
      String code = found.answer() == null ? null : found.answer().returnCode();
      boolean brought = code == null || same(code, returnCode);
      if (browser && brought && isOut(rows, found, now)) {
        withdrawn(rows, found);
        return new Denied();
      }
      if (browser && brought) {
        Transaction done = found.ended(Transaction.State.DONE, null);
        put(rows, done);
        return new Redeemed(done);
      }
      var before = found.faults();
      var faults = new Transaction.Faults(before.codes(), before.answers(), before.secrets() + 1);
      Transaction next = found.with(faults);
      put(
          rows,
          faults.secrets() < MOST_WRONG_SECRETS
              ? next
              : next.ended(Transaction.State.FAILED, Transaction.Reason.TOO_MANY_ATTEMPTS, null));
      return new OtherBrowser();
    }

    private static String name(Outcome outcome) {
      return switch (outcome) {
        case Redeemed _ -> AuditRecord.ACCEPTED;
        case OtherBrowser() -> "binding_mismatch";
        default -> "redeem_" + outcome.getClass().getSimpleName();
      };
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Redeem[" + id + "]";
    }
  }

  private record Fetch(
      Ground ground, String client, String id, List<Key<?>> believed, Instant now, String request)
      implements Unit<Optional<Transaction>> {

    @Override
    public Collection<Key<?>> keys() {
      List<Key<?>> keys = new ArrayList<>(believed);
      keys.add(Transaction.key(id));
      keys.add(ground.audit().head());
      return keys;
    }

    @Override
    public Optional<Transaction> apply(Rows rows) {
      return own(rows.get(Transaction.key(id)), client, now)
          .map(
              found -> found.state() == Transaction.State.ACCEPTED ? accepted(rows, found) : found);
    }

    private Transaction accepted(Rows rows, Transaction found) {
      boolean out = isOut(rows, found, now);
      String outcome = out ? "redeem_Denied" : AuditRecord.ACCEPTED;
      ground.audit().append(rows, record(found, outcome, now, request));
      if (out) {
        return withdrawn(rows, found);
      }
      Transaction done = found.ended(Transaction.State.DONE, null);
      put(rows, done);
      return done;
    }
  }

  private record Cancel(Ground ground, String client, String id, Instant now, String request)
      implements Unit<Optional<Transaction>> {

    @Override
    public Collection<Key<?>> keys() {
      return List.of(Transaction.key(id), ground.audit().head());
    }

    @Override
    public Optional<Transaction> apply(Rows rows) {
      Optional<Transaction> known = own(rows.get(Transaction.key(id)), client, now);
      if (known.isEmpty()) {
        return known;
      }
      Transaction found = known.get();
      if (found.state().isFinal() || found.state() == Transaction.State.ACCEPTED) {
        return Optional.of(found);
      }
      Transaction cancelled =
          found.ended(Transaction.State.CANCELLED, Transaction.Reason.CANCELLED);
      put(rows, cancelled);
      ground
          .audit()
          .append(
              rows,
              Ground.record(
                  AuditRecord.Event.MOBILE_LOGIN, now, client, null, id, "cancelled", request));
      return Optional.of(cancelled);
    }
  }
}
