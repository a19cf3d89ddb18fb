package io.watchword.client.mobile.portal;

import io.watchword.client.mobile.portal.PortalException.Refusal;
import io.watchword.client.mobile.portal.PortalException.TransportFailure;
import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.protection.Base64Url;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One login. It holds the key of codes that change, so it stays in the portal's back end; {@code
 * toString} shows the transaction only.
 */
public final class Attempt {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LAST_STEP = 0xffff_ffffL;

  private final Connection connection;
  private final LongSupplier nanoClock;
  private final UUID transaction;
  private final @Nullable Started started;

  private Attempt(
      Connection connection, LongSupplier nanoClock, UUID transaction, @Nullable Started started) {
    this.connection = connection;
    this.nanoClock = nanoClock;
    this.transaction = transaction;
    this.started = started;
  }

  /**
   * What the start gave.
   *
   * @param at on the clock of nanoseconds
   */
  private record Started(
      String otp,
      Optional<String> link,
      Duration life,
      Duration claimLife,
      @Nullable Rotation rotation,
      long at) {

    @Override
    public String toString() {
      return "Started";
    }
  }

  /** How the code changes; the key is secret. */
  private static final class Rotation {

    private final byte[] key;
    private final long stepMillis;
    private final Duration validity;

    Rotation(byte[] key, long stepMillis, Duration validity) {
      this.key = key;
      this.stepMillis = stepMillis;
      this.validity = validity;
    }
  }

  static Attempt started(Connection connection, LongSupplier nanoClock, Reply reply)
      throws PortalException {
    long at = nanoClock.getAsLong();
    int life = reply.number("expires_in", reply.number("time_to_live", 0) / 1_000);
    if (life < 1) {
      throw Reply.unreadable();
    }
    Started started =
        new Started(
            reply.required("otp"),
            reply.text("link"),
            Duration.ofSeconds(life),
            Duration.ofSeconds(reply.number("claim_expires_in", life)),
            rotation(reply),
            at);
    UUID id = id(reply.required("transaction_id")).orElseThrow(Reply::unreadable);
    return new Attempt(connection, nanoClock, id, started);
  }

  static Attempt resumed(Connection connection, LongSupplier nanoClock, String transactionId) {
    UUID id =
        id(transactionId)
            .orElseThrow(() -> new IllegalArgumentException("this is no transaction id"));
    return new Attempt(connection, nanoClock, id, null);
  }

  private static Optional<UUID> id(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private static @Nullable Rotation rotation(Reply reply) throws TransportFailure {
    var qr = reply.body().path("qr");
    if (!Reply.text(qr, "mode").orElse("static").equals("rotating")) {
      return null;
    }
    long step = qr.path("step_ms").longValue(0);
    long validity = qr.path("frame_validity_ms").longValue(0);
    try {
      byte[] key = Base64Url.decode(Reply.text(qr, "key").orElse(""));
      if (key.length < 16 || step < 1 || validity < 1) {
        throw Reply.unreadable();
      }
      return new Rotation(key, step, Duration.ofMillis(validity));
    } catch (IllegalArgumentException e) {
      throw Reply.unreadable();
    }
  }

  /** Id at the server; nothing to show to a browser. */
  public String transactionId() {
    return transaction.toString();
  }

  /** Whether {@link #frame} must be shown anew again and again. */
  public boolean isRotating() {
    return begun().rotation() != null;
  }

  /** How long the login can last. */
  public Duration life() {
    return begun().life();
  }

  /** How long the code can be scanned. */
  public Duration claimLife() {
    return begun().claimLife();
  }

  /** How long one frame can be scanned; as long as the code if it does not change. */
  public Duration frameValidity() {
    Rotation rotation = begun().rotation();
    return rotation == null ? begun().claimLife() : rotation.validity;
  }

  /** The link into the app, for a login on the phone itself. */
  public Optional<String> link() {
    return begun().link();
  }

  /**
   * The code to show at a time.
   *
   * @param elapsed since the start returned, by a clock that never goes back
   */
  public String frame(Duration elapsed) {
    Rotation rotation = begun().rotation();
    if (rotation == null) {
      return begun().otp();
    }
    long step = elapsed.toMillis() / rotation.stepMillis;
    if (elapsed.isNegative() || step > LAST_STEP) {
      throw new IllegalArgumentException("there is no frame at this time");
    }
    return ScannedCode.Frame.of(rotation.key, transaction, step).text();
  }

  /** The code to show now. */
  public String frame() {
    return frame(Duration.ofNanos(Math.max(0, nanoClock.getAsLong() - begun().at())));
  }

  private Started begun() {
    if (started == null) {
      throw new IllegalStateException("only the process that started a login has its codes");
    }
    return started;
  }

  /** How it stands now. */
  public State state() throws PortalException {
    return await(-1, Duration.ZERO);
  }

  /**
   * Waits until the login is no more as it was known.
   *
   * @param version that is known; -1: none
   * @return how it stands: changed, or as it was if the time is over
   */
  public State await(int version, Duration timeout) throws PortalException {
    long deadline = nanoClock.getAsLong() + timeout.toNanos();
    while (true) {
      long left = Math.max(0, deadline - nanoClock.getAsLong());
      // Versions begin at 0: without one that is known there is nothing to wait for.
      long most = version < 0 ? 0 : Connection.LONGEST_WAIT.toSeconds();
      long wait = Math.min((left + SECOND - 1) / SECOND, most);
      Duration pause;
      try {
        State state =
            State.read(
                connection.get(path("?wait=" + wait + "&version=" + Math.max(0, version))),
                transactionId(),
                version);
        if (state.version() != version || state.status().isFinal()) {
          return state;
        }
        boolean waited = left - Math.max(0, deadline - nanoClock.getAsLong()) >= wait * SECOND / 2;
        pause = wait > 0 && waited ? Duration.ZERO : Duration.ofSeconds(state.intervalSeconds());
        if (deadline - nanoClock.getAsLong() <= pause.toNanos()) {
          return state;
        }
      } catch (Refusal e) {
        if (e.httpStatus() != 429) {
          throw e;
        }
        pause = e.retryAfter().orElse(Duration.ofSeconds(5));
        if (deadline - nanoClock.getAsLong() <= pause.toNanos()) {
          throw e;
        }
      }
      rest(pause);
    }
  }

  private static void rest(Duration pause) throws TransportFailure {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportFailure("interrupted while waiting for the server");
    }
  }

  /**
   * Learns who accepted, once, for the browser that started the login. Then that browser gets a new
   * session, and loses the secret.
   *
   * @throws Refusal with {@code binding_mismatch} for another browser, {@code already_redeemed},
   *     {@code expired_token}, {@code authorization_pending} or {@code access_denied}
   */
  public Result redeem(BrowserSecret secret) throws PortalException {
    return redeem(Map.of("session_secret", secret.value()));
  }

  /**
   * The same for a login on the phone itself.
   *
   * @param returnCode that came back with the browser
   */
  public Result redeem(BrowserSecret secret, String returnCode) throws PortalException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("session_secret", secret.value());
    form.put("return_code", returnCode);
    return redeem(form);
  }

  private Result redeem(Map<String, String> form) throws PortalException {
    return Result.read(connection.post(path("/redeem"), form), transactionId());
  }

  /** Gives up; an answer that comes later is too late. */
  public void cancel() throws PortalException {
    connection.post(path("/cancel"), Map.of());
  }

  private String path(String end) {
    return "/transaction/" + transaction + end;
  }

  @Override
  public String toString() {
    return "Attempt[" + transaction + "]";
  }
}
