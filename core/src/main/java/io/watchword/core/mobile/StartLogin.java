package io.watchword.core.mobile;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.mobile.MobileType.Confirm;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The story of a login that a portal starts (contract mobile 1.2). */
public final class StartLogin {

  private static final int LONGEST_MESSAGE = 155;
  private static final int LONGEST_SECURE_MESSAGE = 1_000;
  private static final int OTP_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final Duration SHORTEST = Duration.ofSeconds(15);
  private static final String FALLBACK_LANGUAGE = "en";

  private final Ground ground;
  private final int startsPerHour;

  /**
   * @param startsPerHour logins that one portal may start
   */
  public StartLogin(Ground ground, int startsPerHour) {
    this.ground = ground;
    this.startsPerHour = startsPerHour;
  }

  /**
   * What a portal asks; what it may not ask was refused before.
   *
   * @param message {@code null}: the type's own
   * @param secureMessage is shown instead; {@code null}: none
   * @param language BCP 47, beginning with two or three letters; {@code null}: English
   * @param confirm {@code null}: the type's own
   * @param shorter shortens the type's time; {@code null}: it does not
   * @param notifyScanned whether the portal is called back when somebody has scanned, too
   * @param request the server's id of the request
   */
  public record Request(
      @Nullable String message,
      @Nullable String secureMessage,
      @Nullable String language,
      @Nullable String origin,
      @Nullable String binding,
      @Nullable String expectedAccount,
      boolean rotating,
      Transaction.Source source,
      @Nullable Confirm confirm,
      @Nullable Duration shorter,
      Map<String, String> context,
      @Nullable String address,
      @Nullable String callback,
      boolean notifyScanned,
      String request) {}

  /** What came of it. */
  public sealed interface Outcome {}

  /**
   * @param secret of the code: its bytes, or the key of its frames
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Started(Transaction transaction, boolean rotating, byte[] secret)
      implements Outcome {
    @Override
    public String toString() {
      return "Started[" + transaction + "]";
    }
  }

  /** Neither the portal nor the type has a message. */
  public record NoMessage() implements Outcome {}

  public record MessageTooLong() implements Outcome {}

  /**
   * @param parameter that is missing, wrong or forbidden
   */
  public record BadParameter(String parameter) implements Outcome {}

  public record TooMany(Duration retryAfter) implements Outcome {}

  /** Starts a login. */
  public Outcome start(PortalClient client, MobileType type, Request request) {
    String message = message(type, request);
    if (message == null) {
      return new NoMessage();
    }
    int most = request.secureMessage() == null ? LONGEST_MESSAGE : LONGEST_SECURE_MESSAGE;
    if (message.codePointCount(0, message.length()) > most) {
      return new MessageTooLong();
    }
    String wrong = wrong(client, type, request, message);
    if (wrong != null) {
      return new BadParameter(wrong);
    }
    Instant now = ground.ambient().now();
    byte[] secret = new byte[request.rotating() ? KEY_BYTES : OTP_BYTES];
    ground.ambient().random().nextBytes(secret);
    byte[] id = new byte[16];
    ground.ambient().random().nextBytes(id);
    Transaction transaction = transaction(client, type, request, message, id, secret, now);
    return ground
        .store()
        .commit(
            new Put(
                ground,
                transaction,
                limit(client),
                new Started(transaction, request.rotating(), secret),
                request.request()));
  }

  private SendWindows.Limit limit(PortalClient client) {
    return new SendWindows.Limit(
        SendWindows.TABLE.key("mobile-starts/" + client.id()),
        "starts",
        Duration.ofHours(1),
        startsPerHour);
  }

  private static @Nullable String message(MobileType type, Request request) {
    String given = request.secureMessage() == null ? request.message() : request.secureMessage();
    if (given == null || given.isBlank()) {
      given = inLanguage(type.defaultMessages(), request.language());
    }
    return given == null ? null : plain(given);
  }

  /** The text of a language, else of the language without its region, else the English one. */
  private static @Nullable String inLanguage(Map<String, String> texts, @Nullable String language) {
    if (language == null) {
      return texts.get(FALLBACK_LANGUAGE);
    }
    String exact = texts.get(language);
    if (exact != null) {
      return exact;
    }
    int region = language.indexOf('-');
    return texts.getOrDefault(
        region < 0 ? language : language.substring(0, region), texts.get(FALLBACK_LANGUAGE));
  }

  /** NFC, with no control characters but line feeds. */
  private static String plain(String text) {
    var plain = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .filter(c -> c == '\n' || !Character.isISOControl(c))
        .forEach(plain::appendCodePoint);
    return plain.toString().strip();
  }

  private static @Nullable String wrong(
      PortalClient client, MobileType type, Request request, String message) {
    if (message.codePoints().anyMatch(StartLogin::turnsDirection) || message.isEmpty()) {
      return "message";
    }
    if (type.rotation().required()
        && !request.rotating()
        && request.source() == Transaction.Source.QR) {
      return "qr_mode";
    }
    if (request.origin() == null ? type.origin() : !client.origins().contains(request.origin())) {
      return "origin";
    }
    // A link can be sent on: without the browser's secret its result would be the sender's (3.9).
    boolean bound = type.sessionBinding() || request.source() == Transaction.Source.LINK;
    if (bound && request.binding() == null) {
      return "session_binding";
    }
    if (request.confirm() != null
        && request.confirm().compareTo(type.confirmation().minimum()) < 0) {
      return "confirm";
    }
    if (type.onMismatch() == MobileType.OnMismatch.REJECT && request.address() == null) {
      return "ip_address";
    }
    if (request.notifyScanned() && request.callback() == null) {
      return "notify";
    }
    boolean callable =
        request.callback() == null
            ? !type.callback()
            : client.anyCallback() || client.callback(request.callback()).isPresent();
    return callable ? null : "callback_uri";
  }

  /** Embeddings, overrides and isolates. */
  private static boolean turnsDirection(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private static Transaction transaction(
      PortalClient client,
      MobileType type,
      Request request,
      String message,
      byte[] id,
      byte[] secret,
      Instant now) {
    Duration whole = least(type.expiresIn(), request.shorter());
    Instant expiresAt = now.plus(whole);
    Instant scanned = now.plus(least(type.claimable(request.rotating()), whole));
    // Nobody shall see a question that dies at once.
    Instant last = expiresAt.minus(SHORTEST);
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new Transaction(
        uuid(id),
        0,
        Transaction.State.CREATED,
        null,
        new Transaction.Asked(
            client.id(),
            client.portalName(),
            type.name(),
            message,
            request.origin(),
            request.source(),
            request.confirm() == null ? type.confirmation().minimum() : request.confirm(),
            request.binding(),
            request.expectedAccount(),
            request.context(),
            request.address(),
            request.callback(),
            request.notifyScanned()),
        new Transaction.Times(
            now,
            scanned.isBefore(last) ? scanned : last,
            expiresAt,
            type.decideWithin(),
            type.redeemWithin()),
        request.rotating()
            ? new Transaction.Code(
                null, encoded, type.rotation().step(), type.rotation().frameValidity())
            : new Transaction.Code(ScanCheck.hash(secret), null, Duration.ZERO, Duration.ZERO),
        null,
        null,
        Transaction.Faults.NONE);
  }

  private static Duration least(Duration one, @Nullable Duration other) {
    return other == null || one.compareTo(other) <= 0 ? one : other;
  }

  /** Version 4 of RFC 9562. */
  private static String uuid(byte[] random) {
    random[6] = (byte) ((random[6] & 0x0f) | 0x40);
    random[8] = (byte) ((random[8] & 0x3f) | 0x80);
    ByteBuffer bytes = ByteBuffer.wrap(random);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  private record Put(
      Ground ground,
      Transaction transaction,
      SendWindows.Limit limit,
      Started started,
      String request)
      implements Unit<Outcome> {

    @Override
    public Collection<Key<?>> keys() {
      return new ArrayList<>(
          List.of(Transaction.key(transaction.id()), limit.key(), ground.audit().head()));
    }

    @Override
    public Outcome apply(Rows rows) {
      Instant now = transaction.times().createdAt();
      if (limit.full(rows, now)) {
        return new TooMany(limit.length());
      }
      ground
          .audit()
          .append(
              rows,
              Ground.record(
                  AuditRecord.Event.MOBILE_LOGIN,
                  now,
                  transaction.asked().client(),
                  null,
                  transaction.id(),
                  "otp_auth_initialized",
                  request));
      limit.count(rows, now);
      rows.put(Transaction.key(transaction.id()), transaction, transaction.uselessAfter());
      return started;
    }
  }
}
