package io.watchword.client.mobile;

import io.watchword.client.mobile.MobileAuthRequest.Context;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the server asks; whoever has one knows that the server signed it for this claim.
 *
 * @param value that the answer repeats under its signature
 * @param lifeMillis from the arrival of the reply
 */
record Challenge(String value, MobileAuthRequest request, long lifeMillis) {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{2}");
  private static final int MOST_NUMBERS = 10;
  private static final int LONGEST_MESSAGE = 4_000;
  private static final int LONGEST_LIFE_SECONDS = 3_600;

  /** Without the value. */
  @Override
  public String toString() {
    return "Challenge[" + request.transactionId() + "]";
  }

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** Reads the reply to a claim and checks the server's signature. */
  static Challenge read(Reply reply, SignedText.Claim claim, Enrollment mine)
      throws MobileAuthException {
    JsonNode body = reply.body();
    String value = required(reply, "challenge");
    Confirmation confirmation =
        Confirmation.of(required(reply, "confirm"))
            .orElseThrow(() -> MobileAuthError.unreadable().exception());
    List<String> numbers = numbers(body.get("numbers"), confirmation);
    JsonNode expires = body.path("expires");
    int life = reply.number("expires_in").orElse(0);
    if (!expires.isIntegralNumber()
        || !expires.canConvertToLong()
        || life < 1
        || life > LONGEST_LIFE_SECONDS
        || required(reply, "message").length() > LONGEST_MESSAGE) {
      throw MobileAuthError.unreadable().exception();
    }
    MobileAuthRequest request =
        new MobileAuthRequest(
            required(reply, "type"),
            required(reply, "message"),
            claim.profile(),
            required(reply, "transaction_id"),
            reply.text("origin"),
            reply.text("portal_name"),
            context(body.path("context")),
            confirmation,
            numbers,
            attempts(reply),
            expires.longValue(),
            life * 1_000L);
    Challenge challenge = new Challenge(value, request, life * 1_000L);
    if (!challenge.isSigned(reply, claim, mine)) {
      throw Refusals.misconfigured("the server's signature is not good", "server_signature")
          .exception();
    }
    return challenge;
  }

  /** Over the transaction that was scanned and the nonce that was sent, not over those given. */
  private boolean isSigned(Reply reply, SignedText.Claim claim, Enrollment mine) {
    Optional<DeviceKey> key = mine.serverKey(reply.text("server_key_id").orElse(""));
    if (key.isEmpty() || !request.transactionId().equals(claim.transaction())) {
      return false;
    }
    SignedText text =
        new SignedText.Challenge(
            claim.server(),
            claim.transaction(),
            claim.device(),
            claim.key(),
            claim.profile(),
            claim.nonce(),
            value,
            request.type(),
            request.origin().orElse(null),
            SignedText.hash(request.message()),
            request.confirmation().wireName(),
            request.numbers(),
            request.expiresAt());
    try {
      return key.get().verifies(text, Base64Url.decode(reply.text("server_signature").orElse("")));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String required(Reply reply, String member) throws MobileAuthException {
    return reply.text(member).orElseThrow(() -> MobileAuthError.unreadable().exception());
  }

  private static OptionalInt attempts(Reply reply) {
    return reply.number("attempts_left");
  }

  private static List<String> numbers(@Nullable JsonNode json, Confirmation confirmation)
      throws MobileAuthException {
    List<String> numbers = new ArrayList<>();
    if (json != null && json.isArray()) {
      for (JsonNode each : json) {
        numbers.add(each.stringValue(""));
      }
    } else if (json != null && !json.isNull()) {
      throw MobileAuthError.unreadable().exception();
    }
    boolean fits =
        confirmation == Confirmation.CHOOSE
            ? numbers.size() > 1
                && numbers.size() <= MOST_NUMBERS
                && numbers.stream().allMatch(Challenge::isNumber)
                && new HashSet<>(numbers).size() == numbers.size()
            : numbers.isEmpty();
    if (!fits) {
      throw MobileAuthError.unreadable().exception();
    }
    return numbers;
  }

  private static Context context(JsonNode json) {
    return new Context(
        Reply.text(json, "os"),
        Reply.text(json, "browser"),
        Reply.text(json, "country"),
        Reply.text(json, "region"),
        Reply.text(json, "city"),
        Reply.text(json, "proximity"));
  }
}
