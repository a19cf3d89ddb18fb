package io.watchword.core.mobile;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
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
    Transaction found = ground.store().read(Transaction.key(id));
    return Optional.ofNullable(found)
        .filter(each -> each.asked().client().equals(client))
        .map(each -> each.at(ground.ambient().now()));
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
                ground, client, id, secretHash, returnCode, ground.ambient().now(), request));
  }

  /**
   * Hands the result of a login that is bound to no browser out, as often as the portal asks.
   *
   * @return the transaction afterwards; empty: unknown, or another portal's
   */
  public Optional<Transaction> fetch(String client, String id) {
    Optional<Transaction> found = look(client, id);
    boolean first =
        found
            .filter(each -> each.state() == Transaction.State.ACCEPTED)
            .filter(each -> each.asked().binding() == null)
            .isPresent();
    return first ? ground.store().commit(new Fetch(client, id, ground.ambient().now())) : found;
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
                ground,
                Ground.record(
                    AuditRecord.Event.MOBILE_LOGIN,
                    ground.ambient().now(),
                    transaction.asked().client(),
                    null,
                    transaction.id(),
                    "callback_failed",
                    "")));
  }

  private record Noted(Ground ground, AuditRecord record) implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      return List.of(ground.audit().head());
    }

    @Override
    public Boolean apply(Rows rows) {
      ground.audit().append(rows, record);
      return true;
    }
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
      Instant now,
      String request)
      implements Unit<Outcome> {

    @Override
    public Collection<Key<?>> keys() {
      return List.of(Transaction.key(id), ground.audit().head());
    }

    @Override
    public Outcome apply(Rows rows) {
      Transaction stored = rows.get(Transaction.key(id));
      if (stored == null || !stored.asked().client().equals(client)) {
        return new NotFound();
      }
      Transaction found = stored.at(now);
      Outcome outcome =
          switch (found.state()) {
            case CREATED, CLAIMED -> new Pending();
            case ACCEPTED -> accepted(rows, found);
            case DONE -> new AlreadyRedeemed();
            case EXPIRED -> new Expired();
            case DENIED, FAILED, CANCELLED -> new Denied();
          };
      ground
          .audit()
          .append(
              rows,
              Ground.record(
                  AuditRecord.Event.MOBILE_LOGIN,
                  now,
                  client,
                  found.claim() == null ? null : found.claim().account(),
                  id,
                  name(outcome),
                  request));
      return outcome;
    }

    private Outcome accepted(Rows rows, Transaction found) {
      boolean browser = same(found.asked().binding(), secretHash);
      String code = found.answer() == null ? null : found.answer().returnCode();
      boolean brought = code == null || same(code, returnCode);
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

  private record Fetch(String client, String id, Instant now)
      implements Unit<Optional<Transaction>> {

    @Override
    public Collection<Key<?>> keys() {
      return List.of(Transaction.key(id));
    }

    @Override
    public Optional<Transaction> apply(Rows rows) {
      Transaction stored = rows.get(Transaction.key(id));
      if (stored == null || !stored.asked().client().equals(client)) {
        return Optional.empty();
      }
      Transaction found = stored.at(now);
      if (found.state() != Transaction.State.ACCEPTED) {
        return Optional.of(found);
      }
      Transaction done = found.ended(Transaction.State.DONE, null);
      put(rows, done);
      return Optional.of(done);
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
      Transaction stored = rows.get(Transaction.key(id));
      if (stored == null || !stored.asked().client().equals(client)) {
        return Optional.empty();
      }
      Transaction found = stored.at(now);
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
