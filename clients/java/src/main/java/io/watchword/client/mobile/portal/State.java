package io.watchword.client.mobile.portal;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a login stands. {@code toString} does not show the number.
 *
 * @param version grows with every change
 * @param displayNumber for the page to show, once the code was scanned, if accepting takes one
 * @param expiresInSeconds until it changes by itself; 0 at the end
 * @param intervalSeconds between two questions
 * @param reason why it was not accepted, for example {@code not_accepted}
 * @param result who it was; only where no browser's secret is needed to learn it
 */
public record State(
    int version,
    Status status,
    Optional<String> displayNumber,
    int expiresInSeconds,
    int intervalSeconds,
    Optional<String> reason,
    Optional<Result> result) {

  /** As pages know it (contract mobile 3.10). */
  public enum Status {
    /** Nobody has scanned the code. */
    PENDING,
    /** A device has scanned it, and its owner is asked. */
    SCANNED,
    /** Accepted. */
    APPROVED,
    /** Not accepted, or the wrong number. */
    DENIED,
    /** Too late. */
    EXPIRED,
    /** Ended by wrong codes or answers. */
    FAILED,
    /** The portal gave up. */
    CANCELLED;

    /** Whether it stays so. */
    public boolean isFinal() {
      return this != PENDING && this != SCANNED;
    }

    /** As pages are told, for example {@code pending}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int USUAL_INTERVAL = 2;

  /**
   * Reads a reply.
   *
   * @param known version that was asked from
   */
  static State read(Reply reply, String transactionId, int known) throws PortalException {
    Status status = status(reply);
    boolean fits =
        reply.required("transaction_id").equals(transactionId)
            && status.isFinal() == (reply.status() == 200);
    if (!fits) {
      throw Reply.unreadable();
    }
    int version = reply.number("version", status.isFinal() ? known + 1 : known);
    Optional<Result> result =
        status == Status.APPROVED && reply.body().has("is_authenticated")
            ? Optional.of(Result.read(reply, transactionId))
            : Optional.empty();
    return new State(
        version,
        status,
        reply.text("display_number"),
        reply.number(status == Status.APPROVED ? "redeem_expires_in" : "expires_in", 0),
        Math.max(1, reply.number("interval", USUAL_INTERVAL)),
        reason(reply),
        result);
  }

  private static Optional<String> reason(Reply reply) {
    return Reply.text(reply.body().path("not_authenticated_reason"), "reason");
  }

  private static Status status(Reply reply) throws PortalException {
    @Nullable String told = reply.text("status").orElse(null);
    if (told == null) {
      // The documented members alone.
      return reply.body().path("is_authenticated").booleanValue(false)
          ? Status.APPROVED
          : ofReason(reason(reply).orElse(""));
    }
    for (Status each : Status.values()) {
      if (each.wireName().equals(told)) {
        return each;
      }
    }
    throw Reply.unreadable();
  }

  private static Status ofReason(String reason) {
    return switch (reason) {
      case "not_accepted", "wrong_number" -> Status.DENIED;
      case "expired" -> Status.EXPIRED;
      case "cancelled" -> Status.CANCELLED;
      default -> Status.FAILED;
    };
  }

  @Override
  public String toString() {
    return "State[" + version + ", " + status + "]";
  }
}
