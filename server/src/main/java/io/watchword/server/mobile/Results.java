package io.watchword.server.mobile;

import io.helidon.http.Status;
import io.watchword.core.mobile.Transaction;
import io.watchword.server.mobile.MobileExchange.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a transaction is told to its portal (contract mobile 1.4 and 1.5). */
final class Results {

  private Results() {}

  /** As it stands. */
  static Answer of(Transaction found, Instant now, long interval) {
    return switch (found.state()) {
      case CREATED, CLAIMED -> new Answer(Status.ACCEPTED_202, pending(found, now, interval));
      case ACCEPTED -> Answer.ok(approved(found, now));
      case DONE -> found.isUnbound() ? full(found) : Answer.ok(approved(found, now));
      case DENIED, FAILED, EXPIRED, CANCELLED -> Answer.ok(failed(found));
    };
  }

  /** The word for a state. */
  static String status(Transaction.State state) {
    return switch (state) {
      case CREATED -> "pending";
      case CLAIMED -> "scanned";
      case ACCEPTED, DONE -> "approved";
      case DENIED, FAILED, EXPIRED, CANCELLED -> state.name().toLowerCase(Locale.ROOT);
    };
  }

  private static Map<String, Object> pending(Transaction found, Instant now, long interval) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("transaction_id", found.id());
    body.put("status", status(found.state()));
    body.put("error", "authorization_pending");
    body.put("interval", interval);
    Instant until = found.nextChange();
    body.put("expires_in", until == null ? 0 : seconds(now, until));
    body.put("version", found.version());
    if (found.claim() != null && found.claim().right() != null) {
      body.put("display_number", found.claim().right());
    }
    return body;
  }

  /** Without who it is: that gets only the browser that started. */
  private static Map<String, Object> approved(Transaction found, Instant now) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("transaction_id", found.id());
    body.put("status", "approved");
    body.put("version", found.version());
    body.put(
        "redeem_expires_in",
        found.state() == Transaction.State.DONE || found.answer() == null
            ? 0
            : seconds(now, found.answer().redeemUntil()));
    return body;
  }

  private static long seconds(Instant now, Instant until) {
    return Math.max(0, Duration.between(now, until).toSeconds());
  }

  private static Map<String, Object> common(Transaction found) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (found.asked().callback() != null) {
      body.put("callback_uri", found.asked().callback());
    }
    body.put("transaction_id", found.id());
    body.put("timestamp", found.times().createdAt().toEpochMilli());
    return body;
  }

  private static Map<String, Object> failed(Transaction found) {
    Map<String, Object> body = common(found);
    body.put("status", status(found.state()));
    body.put("version", found.version());
    body.put("is_authenticated", false);
    body.put("authentication_method", "otp");
    Transaction.Reason reason = found.reason();
    String told = (reason == null ? found.state().name() : reason.name()).toLowerCase(Locale.ROOT);
    body.put(
        "not_authenticated_reason", Map.of("reason", told, "description", told.replace('_', ' ')));
    return body;
  }

  /** With who it is. */
  static Answer full(Transaction found) {
    Transaction.Claim claim = found.claim();
    Transaction.Answer answer = found.answer();
    if (claim == null || answer == null) {
      throw new IllegalStateException("an accepted transaction has a claim and an answer");
    }
    Map<String, Object> body = common(found);
    body.put("status", "approved");
    body.put("version", found.version());
    body.put("is_authenticated", true);
    body.put("user_id", claim.user());
    body.put("authentication_method", "otp");
    body.put("auth_time", answer.at().getEpochSecond());
    body.put("amr", List.of("swk"));
    Map<String, Object> device = new LinkedHashMap<>();
    device.put("id", claim.device().id());
    device.put("name", claim.device().name());
    device.put("platform", claim.device().platform());
    body.put("device", device);
    body.put("proximity", claim.proximity());
    body.put("signed_data", answer.signed());
    body.put("signature", answer.signature());
    body.put("user_public_key", answer.publicKey());
    body.put("signature_verified", true);
    return Answer.ok(body);
  }
}
