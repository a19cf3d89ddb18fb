package io.watchword.core.mobile;

import io.watchword.core.mobile.MobileType.Confirm;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One login at one login page, in the states of contract mobile 3.7. Time moves it too: whoever
 * looks at it does so by {@link #at}.
 *
 * @param version grows with each change of state
 * @param reason why it ended without success; {@code null}: it did not
 * @param code how it is scanned; {@code null}: its secret was wiped
 * @param claim who scanned it; {@code null}: nobody
 * @param answer what they said; {@code null}: nothing
 * @param faults what went wrong so far
 */
public record Transaction(
    String id,
    long version,
    State state,
    @Nullable Reason reason,
    Asked asked,
    Times times,
    @Nullable Code code,
    @Nullable Claim claim,
    @Nullable Answer answer,
    Faults faults) {

  private static final Table<Transaction> TABLE =
      Table.sealed("mobile_transactions", Transaction.class);

  /** How long a result can be read. */
  static final Duration RETENTION = Duration.ofHours(1);

  /** The table, for the engine. */
  public static Table<Transaction> table() {
    return TABLE;
  }

  /** The row of a transaction. */
  public static Key<Transaction> key(String id) {
    return TABLE.key(id);
  }

  /** Where it stands. */
  public enum State {
    CREATED,
    CLAIMED,
    ACCEPTED,
    DONE,
    DENIED,
    FAILED,
    EXPIRED,
    CANCELLED;

    /** Whether nothing follows. */
    public boolean isFinal() {
      return switch (this) {
        case CREATED, CLAIMED, ACCEPTED -> false;
        case DONE, DENIED, FAILED, EXPIRED, CANCELLED -> true;
      };
    }
  }

  /** Why it ended without success, as portals are told. */
  public enum Reason {
    NOT_ACCEPTED,
    INVALID_ANSWER,
    EXPIRED,
    CANCELLED,
    WRONG_NUMBER,
    TOO_MANY_ATTEMPTS
  }

  /** Where the code is scanned. */
  public enum Source {
    QR,
    LINK
  }

  /**
   * What the portal asked.
   *
   * @param client id of the portal
   * @param message as it is shown
   * @param origin of the login page; {@code null}: not told
   * @param binding base64url SHA-256 of the browser's secret; {@code null}: none
   * @param expectedAccount id of the only account that may answer; {@code null}: anybody
   * @param context of the browser, for the person
   * @param callback where the portal is told that it ended; {@code null}: nowhere
   * @param notifyScanned whether it is told of the scan, too
   */
  public record Asked(
      String client,
      String portalName,
      String type,
      String message,
      @Nullable String origin,
      Source source,
      Confirm confirm,
      @Nullable String binding,
      @Nullable String expectedAccount,
      Map<String, String> context,
      @Nullable String address,
      @Nullable String callback,
      boolean notifyScanned) {

    public Asked {
      context = Map.copyOf(context);
    }
  }

  /**
   * @param claimUntil from then on it cannot be scanned
   * @param expiresAt the end of its whole life, but for what the portal has to fetch
   */
  public record Times(
      Instant createdAt,
      Instant claimUntil,
      Instant expiresAt,
      Duration decideWithin,
      Duration redeemWithin) {}

  /**
   * How it is scanned.
   *
   * @param hash base64url SHA-256 of a static code's bytes; {@code null}: it rotates
   * @param key of the frames, base64url; {@code null}: it is static
   */
  public record Code(
      @Nullable String hash, @Nullable String key, Duration step, Duration frameValidity) {

    /** Without the key. */
    @Override
    public String toString() {
      return "Code";
    }
  }

  /**
   * Who scanned it.
   *
   * @param account id of whose device it is
   * @param people ids whose standing counts: the account, and the person it belongs to
   * @param user login name of the account
   * @param challenge base64url, that the answer is bound to
   * @param confirm may be more than was asked
   * @param numbers to choose from
   * @param right the number that the login page shows; {@code null}: none, or wiped
   * @param attemptsLeft numbers that may still be tried
   * @param proximity of browser and app
   */
  public record Claim(
      String account,
      List<String> people,
      String user,
      String profile,
      Device device,
      String keyId,
      String challenge,
      Confirm confirm,
      List<String> numbers,
      @Nullable String right,
      int attemptsLeft,
      String proximity,
      Instant decideUntil) {

    public Claim {
      numbers = List.copyOf(numbers);
    }

    /** Without challenge and numbers. */
    @Override
    public String toString() {
      return "Claim[" + device + "]";
    }
  }

  /**
   * What the person said.
   *
   * @param signed the text that the device signed, base64url
   * @param signature base64url
   * @param publicKey of the device, PEM
   * @param returnCode that the app brings back on the same device; {@code null}: none
   */
  public record Answer(
      boolean accepted,
      @Nullable String reason,
      String signed,
      String signature,
      String publicKey,
      Instant at,
      Instant redeemUntil,
      @Nullable String returnCode) {

    /** Without the signature. */
    @Override
    public String toString() {
      return "Answer[" + accepted + "]";
    }
  }

  /** Counts of what went wrong. */
  public record Faults(int codes, int answers, int secrets) {
    static final Faults NONE = new Faults(0, 0, 0);
  }

  /**
   * Whether its portal gets the result without showing a browser's secret. A link never is: whoever
   * got it sent would log somebody else in.
   */
  public boolean isUnbound() {
    return asked.binding() == null && asked.source() == Source.QR;
  }

  /** As it stands at an instant. */
  public Transaction at(Instant now) {
    return switch (state) {
      case CREATED ->
          now.isBefore(times.claimUntil()) ? this : ended(State.EXPIRED, Reason.EXPIRED);
      case CLAIMED ->
          claim != null && now.isBefore(claim.decideUntil())
              ? this
              : ended(State.EXPIRED, Reason.EXPIRED);
      case ACCEPTED ->
          answer != null && now.isBefore(answer.redeemUntil())
              ? this
              : ended(State.EXPIRED, Reason.EXPIRED);
      case DONE, DENIED, FAILED, EXPIRED, CANCELLED -> this;
    };
  }

  /** The next change that time alone will bring; {@code null}: none. */
  public @Nullable Instant nextChange() {
    return switch (state) {
      case CREATED -> times.claimUntil();
      case CLAIMED -> claim == null ? null : claim.decideUntil();
      case ACCEPTED -> answer == null ? null : answer.redeemUntil();
      case DONE, DENIED, FAILED, EXPIRED, CANCELLED -> null;
    };
  }

  Transaction claimed(Claim by) {
    return new Transaction(
        id, version + 1, State.CLAIMED, null, asked, times, code, by, null, faults);
  }

  /** The same person asks once more: nothing changes that a portal sees. */
  Transaction with(Claim by) {
    return new Transaction(id, version, state, reason, asked, times, code, by, answer, faults);
  }

  Transaction accepted(Answer given) {
    return new Transaction(
        id, version + 1, State.ACCEPTED, null, asked, times, null, wiped(claim), given, faults);
  }

  /** Over, with an answer that is kept as it is. */
  Transaction ended(State how, @Nullable Reason why) {
    return ended(how, why, answer);
  }

  Transaction ended(State how, @Nullable Reason why, @Nullable Answer given) {
    return new Transaction(
        id, version + 1, how, why, asked, times, null, wiped(claim), given, faults);
  }

  Transaction with(Faults other) {
    return new Transaction(id, version, state, reason, asked, times, code, claim, answer, other);
  }

  private static @Nullable Claim wiped(@Nullable Claim claim) {
    return claim == null
        ? null
        : new Claim(
            claim.account(),
            claim.people(),
            claim.user(),
            claim.profile(),
            claim.device(),
            claim.keyId(),
            claim.challenge(),
            claim.confirm(),
            List.of(),
            null,
            0,
            claim.proximity(),
            claim.decideUntil());
  }

  /** After this nobody needs the row. */
  Instant uselessAfter() {
    return times.expiresAt().plus(times.redeemWithin()).plus(RETENTION);
  }

  /** Without content. */
  @Override
  public String toString() {
    return "Transaction[" + id + ", " + state + "]";
  }
}
