package io.watchword.testkit.laws;

import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.Transaction.Reason;
import io.watchword.core.mobile.Transaction.Source;
import io.watchword.core.mobile.Transaction.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What contract mobile 1.4, 1.5, 3.6 and 3.7 say of one login, written down a second time and as
 * plainly as possible: it names the outcome of each call before the stories are asked.
 */
final class MobileModel {

  private static final Duration DECIDE = Duration.ofSeconds(120);
  private static final Duration REDEEM = Duration.ofSeconds(60);
  private static final int MOST_CODES = 5;
  private static final int MOST_ANSWERS = 3;
  private static final int MOST_SECRETS = 3;

  /** What each phone stands for: its number. */
  static final int NOBODY = -1;

  final boolean bound;
  final Source source;
  final MobileType.Confirm confirm;
  final int expected;

  private final Instant claimUntil;
  private final Instant expiresAt;
  private final Set<Integer> revoked = new HashSet<>();
  private State state = State.CREATED;
  private @Nullable Reason reason;
  private Instant until;
  private boolean wiped;
  private int claimer = NOBODY;
  private @Nullable Boolean answer;
  private int wrongCodes;
  private int badAnswers;
  private int wrongSecrets;
  private int numbersLeft;

  /**
   * @param bound whether the portal bound the login to a browser
   * @param expected number of the only phone whose person may answer, or {@link #NOBODY}
   */
  MobileModel(
      boolean bound, Source source, MobileType.Confirm confirm, int expected, Instant started) {
    this.bound = bound;
    this.source = source;
    this.confirm = confirm;
    this.expected = expected;
    this.expiresAt = started.plusSeconds(300);
    this.claimUntil = started.plusSeconds(285);
    this.until = claimUntil;
    this.numbersLeft =
        switch (confirm) {
          case TAP -> 0;
          case CHOOSE -> 1;
          case ENTER -> 2;
        };
  }

  /** Time passes by itself through the states that have an end. */
  State at(Instant now) {
    boolean ends = state == State.CREATED || state == State.CLAIMED || state == State.ACCEPTED;
    if (ends && !now.isBefore(until)) {
      state = State.EXPIRED;
      reason = Reason.EXPIRED;
    }
    return state;
  }

  @Nullable Reason reason() {
    return reason;
  }

  int claimer() {
    return claimer;
  }

  void revoke(int phone) {
    revoked.add(phone);
  }

  private void end(State how, Reason why) {
    state = how;
    reason = why;
    wiped = true;
  }

  /** The name of the outcome of a scan. */
  String claim(int phone, boolean rightCode, Source from, Instant now) {
    State found = at(now);
    if (revoked.contains(phone)) {
      return "Revoked";
    }
    if (wiped) {
      return phone == claimer ? over(found) : "NotFound";
    }
    if (!rightCode) {
      if (found == State.CREATED && ++wrongCodes == MOST_CODES) {
        end(State.FAILED, Reason.TOO_MANY_ATTEMPTS);
      }
      return "NotFound";
    }
    if (from != source) {
      return "WrongSource";
    }
    if (found == State.CLAIMED) {
      return phone == claimer ? "Claimed" : "AlreadyClaimed";
    }
    if (found != State.CREATED) {
      return over(found);
    }
    if (expected != NOBODY && expected != phone) {
      return "NotFound";
    }
    claimer = phone;
    state = State.CLAIMED;
    Instant decide = now.plus(DECIDE);
    until = (decide.isBefore(expiresAt) ? decide : expiresAt).truncatedTo(ChronoUnit.SECONDS);
    return "Claimed";
  }

  private static String over(State found) {
    return switch (found) {
      case CANCELLED -> "Cancelled";
      case EXPIRED -> "Expired";
      default -> "AlreadyClaimed";
    };
  }

  /** The name of the outcome of an answer. */
  String answer(
      int phone,
      boolean rightChallenge,
      boolean signatureRight,
      boolean accepted,
      boolean numberRight,
      Instant now) {
    State found = at(now);
    if (revoked.contains(phone)) {
      return "Revoked";
    }
    if (claimer == NOBODY) {
      return "NotFound";
    }
    if (phone != claimer || !rightChallenge) {
      return "AlreadyDecided";
    }
    if (found == State.CANCELLED) {
      return "Cancelled";
    }
    if (found == State.EXPIRED && answer == null) {
      return "Expired";
    }
    if (found != State.CLAIMED) {
      boolean same = answer != null && answer == accepted && signatureRight;
      return same ? "Recorded" : "AlreadyDecided";
    }
    if (!signatureRight) {
      if (++badAnswers == MOST_ANSWERS) {
        end(State.FAILED, Reason.INVALID_ANSWER);
      }
      return "InvalidAnswer";
    }
    if (accepted && confirm != MobileType.Confirm.TAP && !numberRight) {
      if (--numbersLeft > 0) {
        return "TryAgain";
      }
      end(State.DENIED, Reason.WRONG_NUMBER);
      return "WrongNumber";
    }
    answer = accepted;
    if (accepted) {
      state = State.ACCEPTED;
      until = now.plus(REDEEM);
      wiped = true;
    } else {
      end(State.DENIED, Reason.NOT_ACCEPTED);
    }
    return "Recorded";
  }

  /** The name of the outcome of a browser's secret. */
  String redeem(boolean ownPortal, boolean rightSecret, Instant now) {
    if (!ownPortal) {
      return "NotFound";
    }
    switch (at(now)) {
      case CREATED, CLAIMED -> {
        return "Pending";
      }
      case DONE -> {
        return "AlreadyRedeemed";
      }
      case EXPIRED -> {
        return "Expired";
      }
      case DENIED, FAILED, CANCELLED -> {
        return "Denied";
      }
      case ACCEPTED -> {
        if (bound && rightSecret && revoked.contains(claimer)) {
          end(State.FAILED, Reason.NOT_ACCEPTED);
          return "Denied";
        }
        if (bound && rightSecret) {
          state = State.DONE;
          return "Redeemed";
        }
        if (++wrongSecrets == MOST_SECRETS) {
          end(State.FAILED, Reason.TOO_MANY_ATTEMPTS);
        }
        return "OtherBrowser";
      }
      default -> throw new IllegalStateException();
    }
  }

  /** The state that a portal sees which fetches the result. */
  State fetch(Instant now) {
    if (at(now) == State.ACCEPTED && !bound && revoked.contains(claimer)) {
      end(State.FAILED, Reason.NOT_ACCEPTED);
    } else if (state == State.ACCEPTED && !bound) {
      state = State.DONE;
    }
    return state;
  }

  /** The state after the portal gave up. */
  State cancel(Instant now) {
    State found = at(now);
    if (found == State.CREATED || found == State.CLAIMED) {
      end(State.CANCELLED, Reason.CANCELLED);
    }
    return state;
  }
}
