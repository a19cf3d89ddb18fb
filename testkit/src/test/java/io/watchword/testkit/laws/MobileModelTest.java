package io.watchword.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.mobile.AnswerLogin;
import io.watchword.core.mobile.ClaimLogin;
import io.watchword.core.mobile.Device;
import io.watchword.core.mobile.Enrollment;
import io.watchword.core.mobile.FinishLogin;
import io.watchword.core.mobile.Ground;
import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.core.mobile.ScanCheck;
import io.watchword.core.mobile.StartLogin;
import io.watchword.core.mobile.Transaction;
import io.watchword.core.mobile.Transaction.Source;
import io.watchword.core.mobile.Transaction.State;
import io.watchword.core.unit.Ambient;
import io.watchword.testkit.store.SqliteEngine;
import io.watchword.testkit.store.StoreEngine;
import io.watchword.testkit.time.HandClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Contract mobile 3.13: random sequences of what portals, browsers and phones may send, against
 * {@link MobileModel}. Nothing leaves the table of states, nothing succeeds twice, no result
 * reaches a browser that did not start it.
 *
 * <p>{@code -Dmobile.sequences=N} walks more, {@code -Dmobile.seed=N} walks one again.
 */
class MobileModelTest {

  private static final int SEQUENCES = Integer.getInteger("mobile.sequences", 10_000);
  private static final long SEED = Long.getLong("mobile.seed", 20_261_127L);

  private static final int THREADS = 64;

  /** As many as no limit of claims stands in the way of. */
  private static final int LONGEST = 14;

  private static final String SECRET = "the browser that started";
  private static final String SHOP = "shop";

  /** The arrows of contract mobile 3.7. */
  private static final Map<State, Set<State>> TABLE =
      Map.of(
          State.CREATED,
          EnumSet.of(State.CLAIMED, State.EXPIRED, State.CANCELLED, State.FAILED),
          State.CLAIMED,
          EnumSet.of(State.ACCEPTED, State.DENIED, State.FAILED, State.EXPIRED, State.CANCELLED),
          State.ACCEPTED,
          // Three wrong secrets: contract mobile 1.5.
          EnumSet.of(State.DONE, State.EXPIRED, State.FAILED),
          State.DONE,
          EnumSet.noneOf(State.class),
          State.DENIED,
          EnumSet.noneOf(State.class),
          State.FAILED,
          EnumSet.noneOf(State.class),
          State.EXPIRED,
          EnumSet.noneOf(State.class),
          State.CANCELLED,
          EnumSet.noneOf(State.class));

  private final StoreEngine engine = new SqliteEngine();
  private final Deployment deployment = Deployment.over(engine);
  private final Set<State> reached = ConcurrentHashMap.newKeySet();
  private final AtomicInteger redeemed = new AtomicInteger();

  @Test
  void noSequenceLeavesTheTable() throws Exception {
    // At once, so that their units share groups; each walk has a clock and a login of its own.
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> walks = new ArrayList<>();
      for (int number = 0; number < SEQUENCES; number++) {
        long seed = SEED + number;
        walks.add(threads.submit(() -> new Walk(seed).walk()));
      }
      for (Future<?> walk : walks) {
        walk.get();
      }
    }
    System.out.printf(
        "%d sequences from seed %d: %d results handed out, ended in %s%n",
        SEQUENCES, SEED, redeemed.get(), reached);
    assertThat(reached).containsExactlyInAnyOrder(State.values());
    assertThat(redeemed.get()).isGreaterThan(SEQUENCES / 100);
    assertThat(deployment.verify().faults()).isEmpty();
  }

  private static MobileType type(MobileType.Confirm confirm) {
    MobileType usual = MobileType.standard("type-" + confirm, Map.of("en", "Log in?"));
    return new MobileType(
        usual.name(),
        usual.expiresIn(),
        usual.defaultMessages(),
        usual.claimWithin(),
        usual.decideWithin(),
        usual.redeemWithin(),
        usual.rotation(),
        new MobileType.Confirmation(confirm, 3, 2),
        false,
        false,
        false,
        usual.onMismatch(),
        usual.maxWrongCodes(),
        usual.maxBadAnswers(),
        usual.pollInterval());
  }

  private static String sha256(byte[] bytes) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** One login, from its start to wherever chance leads it. */
  private final class Walk {

    private final HandClock clock = new HandClock(Instant.parse("2026-11-27T10:00:00.25Z"));
    private final long seed;
    private final Random random;
    private final ClaimLogin claim;
    private final AnswerLogin answer;
    private final FinishLogin finish;
    private final MobileType type;
    private final MobileModel model;
    private final Transaction started;
    private final String codeHash;
    private final List<Enrollment> phones = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private State before = State.CREATED;
    private int successes;
    private @Nullable Transaction claimed;

    Walk(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      Ground ground =
          new Ground(
              deployment.store,
              deployment.keyring,
              deployment.audit,
              new Ambient(clock, new Random(~seed)));
      StartLogin start = new StartLogin(ground, Integer.MAX_VALUE);
      this.claim = new ClaimLogin(ground);
      this.answer = new AnswerLogin(ground);
      this.finish = new FinishLogin(ground);
      MobileType.Confirm confirm = pick(MobileType.Confirm.values());
      this.type = type(confirm);
      Source source = random.nextInt(4) > 0 ? Source.QR : Source.LINK;
      boolean bound = source == Source.LINK || random.nextInt(4) > 0;
      int expected = random.nextInt(4) > 0 ? MobileModel.NOBODY : random.nextInt(2);
      for (int phone = 0; phone < 2; phone++) {
        phones.add(enrolled(phone));
      }
      this.model = new MobileModel(bound, source, confirm, expected, clock.instant());
      var outcome =
          (StartLogin.Started)
              start.start(
                  new PortalClient(
                      SHOP,
                      "hash",
                      null,
                      "Shop",
                      Set.of(PortalClient.Scope.values()),
                      List.of(),
                      List.of(),
                      true,
                      null,
                      true),
                  type,
                  new StartLogin.Request(
                      null,
                      null,
                      null,
                      null,
                      bound ? hash(SECRET) : null,
                      expected == MobileModel.NOBODY ? null : phones.get(expected).account(),
                      false,
                      source,
                      null,
                      null,
                      Map.of(),
                      null,
                      null,
                      false,
                      "request"));
      this.started = outcome.transaction();
      this.codeHash = sha256(outcome.secret());
    }

    private Enrollment enrolled(int phone) {
      Instant now = clock.instant();
      String account = "account-" + seed + "-" + phone;
      var enrollment =
          new Enrollment(
              account,
              "profile",
              "app",
              new Device("device", "Phone", "android", null, null),
              "key-" + phone,
              "x",
              "y",
              now,
              now,
              null);
      deployment.put(Enrollment.key(account, "device"), enrollment);
      return enrollment;
    }

    @SafeVarargs
    private <E> E pick(E... of) {
      return of[random.nextInt(of.length)];
    }

    private boolean mostly() {
      return random.nextInt(4) > 0;
    }

    void walk() {
      try {
        int steps = 3 + random.nextInt(LONGEST);
        for (int i = 0; i < steps; i++) {
          step();
          check();
        }
        reached.add(before);
        redeemed.addAndGet(successes);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", " + path + ": " + e.getMessage(), e);
      }
    }

    private void step() {
      switch (random.nextInt(10)) {
        case 0 -> clock.move(Duration.ofMillis(random.nextInt(5_000)));
        case 1 -> clock.move(Duration.ofSeconds(pick(10, 30, 59, 60, 61, 119, 120, 284, 285, 300)));
        case 2, 3, 4 -> scan();
        case 5, 6, 7 -> reply();
        case 8 -> portal();
        default -> {
          if (random.nextInt(6) == 0) {
            revoke(random.nextInt(2));
          } else {
            portal();
          }
        }
      }
    }

    private void revoke(int phone) {
      path.add("revoke " + phone);
      Enrollment good = phones.get(phone);
      deployment.put(
          Enrollment.key(good.account(), "device"),
          new Enrollment(
              good.account(),
              good.profile(),
              good.app(),
              good.device(),
              good.keyId(),
              good.x(),
              good.y(),
              good.enrolledAt(),
              good.usedAt(),
              clock.instant()));
      model.revoke(phone);
    }

    private void scan() {
      int phone = random.nextInt(2);
      boolean right = mostly();
      Source from = random.nextInt(8) > 0 ? model.source : pick(Source.values());
      Enrollment by = phones.get(phone);
      path.add("scan %d %s %s".formatted(phone, right ? "right" : "wrong", from));
      String expected = model.claim(phone, right, from, clock.instant());
      ClaimLogin.Outcome outcome =
          claim.claim(
              name -> type,
              new ClaimLogin.Request(
                  by.account(),
                  List.of(),
                  "user",
                  by,
                  true,
                  started.id(),
                  new ScanCheck.Fixed(right ? codeHash : hash("another code")),
                  from,
                  _ -> "unknown",
                  "request"));
      assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
      if (outcome instanceof ClaimLogin.Claimed(Transaction transaction)) {
        if (claimed != null) {
          assertThat(transaction.claim().challenge())
              .as("the same challenge again")
              .isEqualTo(claimed.claim().challenge());
        }
        claimed = transaction;
        assertThat(transaction.claim().account()).isEqualTo(by.account());
      }
    }

    private void reply() {
      int phone = mostly() && model.claimer() >= 0 ? model.claimer() : random.nextInt(2);
      boolean rightChallenge = claimed != null && random.nextInt(8) > 0;
      boolean signature = mostly();
      boolean accepted = mostly();
      boolean number = random.nextBoolean();
      Enrollment by = phones.get(phone);
      path.add(
          "answer %d %s%s%s%s"
              .formatted(
                  phone,
                  accepted ? "yes" : "no",
                  rightChallenge ? "" : ", other challenge",
                  signature ? "" : ", bad signature",
                  number ? "" : ", other number"));
      String expected =
          model.answer(phone, rightChallenge, signature, accepted, number, clock.instant());
      AnswerLogin.Outcome outcome =
          answer.answer(
              type,
              new AnswerLogin.Request(
                  by.account(),
                  List.of(),
                  by,
                  started.id(),
                  rightChallenge ? claimed.claim().challenge() : "another",
                  signature,
                  accepted,
                  number && claimed != null ? claimed.claim().right() : "7",
                  null,
                  "signed",
                  "signature",
                  "key",
                  "request"));
      assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
    }

    private void portal() {
      boolean own = random.nextInt(8) > 0;
      String client = own ? SHOP : "another";
      switch (random.nextInt(8)) {
        case 0 -> {
          path.add("cancel " + client);
          Optional<Transaction> seen = finish.cancel(client, started.id(), "request");
          assertThat(seen.isPresent()).isEqualTo(own);
          if (own) {
            assertThat(seen.get().state()).isEqualTo(model.cancel(clock.instant()));
          }
        }
        case 1, 2, 3 -> {
          path.add("fetch " + client);
          Optional<Transaction> seen = finish.fetch(client, started.id(), "request");
          assertThat(seen.isPresent()).isEqualTo(own);
          if (own) {
            assertThat(seen.get().state()).isEqualTo(model.fetch(clock.instant()));
          }
        }
        default -> redeem(client, own);
      }
    }

    private void redeem(String client, boolean own) {
      boolean right = mostly();
      path.add("redeem %s %s".formatted(client, right ? "right" : "wrong"));
      Transaction seen = finish.look(SHOP, started.id()).orElseThrow();
      String code = seen.answer() == null ? null : seen.answer().returnCode();
      String expected = model.redeem(own, right, clock.instant());
      FinishLogin.Outcome outcome =
          finish.redeem(
              client, started.id(), hash(right ? SECRET : "another browser"), code, "request");
      assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
      if (outcome instanceof FinishLogin.Redeemed(Transaction transaction)) {
        successes++;
        assertThat(own && right && model.bound).as("the browser that started").isTrue();
        assertThat(transaction.answer().accepted()).isTrue();
        assertThat(transaction.claim().account()).isEqualTo(phones.get(model.claimer()).account());
      }
    }

    /** What anybody may look at after each step. */
    private void check() {
      State now = finish.look(SHOP, started.id()).orElseThrow().state();
      assertThat(now).isEqualTo(model.at(clock.instant()));
      if (now != before) {
        // Between two looks time may have moved it on once more.
        boolean arrow =
            TABLE.get(before).contains(now)
                || TABLE.get(before).stream().anyMatch(via -> TABLE.get(via).contains(now));
        assertThat(arrow).as(before + " to " + now).isTrue();
        before = now;
      }
      assertThat(finish.look(SHOP, started.id()).orElseThrow().reason()).isEqualTo(model.reason());
      assertThat(finish.look("another", started.id())).isEmpty();
      assertThat(successes).as("successes").isLessThan(2);
    }
  }
}
