package io.watchword.server.mobile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.watchword.core.mobile.FinishLogin;
import io.watchword.core.mobile.PortalClient;
import io.watchword.core.mobile.Transaction;
import io.watchword.core.unit.CachedRows;
import io.watchword.core.unit.Store;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells portals that a login has ended and, if they want it, that a code was scanned (contract
 * mobile 1.4 and 1.6). The call says nothing but which one: who believes a forged call learns
 * nothing and changes nothing. A node that starts takes up the logins that are open, or accepted
 * and not redeemed yet, or have just expired, so a portal may be told twice.
 */
final class Callbacks {

  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(25),
          Duration.ofSeconds(125));

  private static final String SCANNED = "/scanned";
  private static final Duration LATE = Duration.ofMinutes(2);
  private static final int PAGE = 500;

  private final Store store;
  private final CachedRows rows;
  private final FinishLogin finish;
  private final InstantSource clock;
  private final SafePost post;

  /** Those that are told already, by this node. */
  private final Cache<String, Boolean> told =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofHours(2)).build();

  /** The version of a login at whose end it will be looked at. */
  private final Cache<String, Long> watched =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofHours(2)).build();

  private final ScheduledExecutorService ends =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("mobile-callbacks").factory());

  Callbacks(Store store, CachedRows rows, FinishLogin finish, InstantSource clock, SafePost post) {
    this.store = store;
    this.rows = rows;
    this.finish = finish;
    this.clock = clock;
    this.post = post;
  }

  /** Takes up what was open when this node, or another, stopped; what else ended was told. */
  void resume() {
    try {
      takeUp();
    } catch (RuntimeException e) {
      LOG.warn("open logins are not taken up yet: {}", e.getMessage());
      var _ = ends.schedule(this::resume, PAUSES.getLast().toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void takeUp() {
    Instant since = clock.instant().minus(LATE);
    String last = "";
    List<Store.Entry<Transaction>> page;
    do {
      page = store.scan(Transaction.table(), last, PAGE);
      for (Store.Entry<Transaction> each : page) {
        last = each.id();
        Instant end = each.row().nextChange();
        if (each.row().asked().callback() != null && end != null && end.isAfter(since)) {
          look(each.id());
        }
      }
    } while (page.size() == PAGE);
  }

  /** A transaction has begun or changed on this node. */
  void changed(String id) {
    Transaction stored = store.read(Transaction.key(id));
    String uri = stored == null ? null : stored.asked().callback();
    if (stored == null || uri == null) {
      return;
    }
    Transaction found = stored.at(clock.instant());
    Instant next = found.nextChange();
    boolean open =
        found.state() == Transaction.State.CREATED || found.state() == Transaction.State.CLAIMED;
    if (open && next != null) {
      long millis = Duration.between(clock.instant(), next).toMillis() + 1;
      lookAgain(id, found.version(), Math.max(1, millis));
      boolean tellScan =
          found.state() == Transaction.State.CLAIMED && found.asked().notifyScanned();
      if (tellScan && told.asMap().putIfAbsent(id + SCANNED, true) == null) {
        Thread.ofVirtual().name("mobile-callback").start(() -> tellScan(found, uri));
      }
    } else if (!open && told.asMap().putIfAbsent(id, true) == null) {
      Thread.ofVirtual().name("mobile-callback").start(() -> tell(found, uri));
    }
  }

  /** Once for each state, however many calls have found the login in it. */
  private void lookAgain(String id, long version, long millis) {
    if (Long.valueOf(version).equals(watched.asMap().put(id, version))) {
      return;
    }
    var _ = ends.schedule(() -> look(id), millis, TimeUnit.MILLISECONDS);
  }

  /** A task that throws would be dropped without a word. */
  private void look(String id) {
    try {
      changed(id);
    } catch (RuntimeException e) {
      LOG.warn("whether a login has ended is not known: {}", e.getMessage());
    }
  }

  private void tell(Transaction found, String uri) {
    Instant end =
        found.answer() == null
            ? clock.instant().plus(found.times().redeemWithin())
            : found.answer().redeemUntil();
    String trouble = attempts(found, uri, false, end);
    if (!trouble.isEmpty()) {
      LOG.warn("a callback for {} was not taken: {}", found.asked().client(), trouble);
      finish.callbackFailed(found);
    }
  }

  /** What a portal did not take of this it gets to know by asking, or with the end. */
  private void tellScan(Transaction found, String uri) {
    Instant end = found.claim() == null ? clock.instant() : found.claim().decideUntil();
    String trouble = attempts(found, uri, true, end);
    if (!trouble.isEmpty()) {
      LOG.info("a callback of a scan for {} was not taken: {}", found.asked().client(), trouble);
    }
  }

  /**
   * @return what went wrong the last time, or empty
   */
  private String attempts(Transaction found, String uri, boolean scan, Instant end) {
    String trouble = attempt(found, uri, scan);
    for (Duration pause : PAUSES) {
      if (trouble.isEmpty()
          || clock.instant().plus(pause).isAfter(end)
          || (scan && told.getIfPresent(found.id()) != null)) {
        break;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      trouble = attempt(found, uri, scan);
    }
    return trouble;
  }

  /**
   * @return what went wrong, or empty
   */
  private String attempt(Transaction found, String uri, boolean scan) {
    try {
      PortalClient client = rows.get(PortalClient.TABLE.key(found.asked().client()));
      Optional<PortalClient.Callback> known =
          client == null ? Optional.empty() : client.callback(uri);
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("callback_uri", uri);
      content.put("transaction_id", found.id());
      if (scan) {
        content.put("event", "scanned");
      }
      byte[] body = Json.write(content);
      int status = post.post(URI.create(uri), headers(known, body), body);
      return status >= 200 && status < 300 ? "" : "HTTP " + status;
    } catch (IOException | RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  private Map<String, String> headers(Optional<PortalClient.Callback> known, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    known.ifPresent(callback -> {
      if (callback.user() != null) {
        String pair = callback.user() + ":" + callback.password();
        headers.put(
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
      }
      if (callback.signingSecret() != null) {
        long time = clock.instant().getEpochSecond();
        headers.put(
            "Mauth-Signature",
            "t=%d,v1=%s".formatted(time, signature(callback.signingSecret(), time, body)));
      }
    });
    return headers;
  }

  private static String signature(String secret, long time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
