package io.watchword.client.kernel;

import static io.watchword.client.kernel.KernelCounterpart.GENERATE;
import static io.watchword.client.kernel.KernelCounterpart.LOGIN;
import static io.watchword.client.kernel.KernelCounterpart.LOGOUT;
import static io.watchword.client.kernel.KernelCounterpart.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.kernel.KernelCounterpart.Reply;
import io.watchword.client.kernel.KernelException.Refusal;
import io.watchword.client.kernel.KernelException.TransportFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The application's own token: when another is got, by how many threads, and when not. */
@Timeout(60)
class TokenKeepingTest {

  private static final int THREADS = 24;
  private static final String WRONG_SECRET =
      Replies.documentedError(
          "AUTH_ERR_INVALIDCLIENTIDCREDENTIALS", "The passed in credentials is not correct");

  private final KernelCounterpart server = new KernelCounterpart();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T01:04:17Z"));
  private KernelClient client;

  @BeforeEach
  void start() {
    client = new KernelClient(Configs.builder(server.url()).time(now::get).build());
    server.logsInWithTokensOf(6000);
    server.answers(
        GENERATE, Replies.documented("{\"otp\":\"849004\",\"status\":\"GENERATION_SUCCESSFUL\"}"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aRefusedLoginIsToldToAllWhoWaitedAndIsNotKept() throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    server.answers(
        LOGIN,
        request -> {
          enough.await(10, TimeUnit.SECONDS);
          return Reply.of(WRONG_SECRET);
        });
    List<Future<Object>> all = start(this::generate);
    Thread.sleep(500);
    enough.countDown();
    for (Future<Object> each : all) {
      assertThatThrownBy(each::get)
          .cause()
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.CREDENTIALS_WRONG));
    }
    assertThat(server.received(LOGIN)).hasSize(1);
    server.logsInWithTokensOf(6000);
    assertThat(generate()).isEqualTo("849004");
  }

  @Test
  void manyThreadsLogInOnce() throws Exception {
    server.answers(
        LOGIN,
        request -> {
          Thread.sleep(300);
          return Reply.of(Replies.success("in")).withToken(token("app", 0, 6000));
        });
    for (Future<Object> each : start(this::generate)) {
      assertThat(each.get()).isEqualTo("849004");
    }
    assertThat(server.received(LOGIN)).hasSize(1);
    assertThat(server.received(GENERATE)).hasSize(THREADS);
  }

  @Test
  void aTokenIsUsedUntilShortlyBeforeItsEndAndThenReplacedOnce() throws Exception {
    generate();
    now.set(now.get().plusSeconds(6000 - 61));
    generate();
    assertThat(server.received(LOGIN)).hasSize(1);
    now.set(now.get().plusSeconds(1));
    for (Future<Object> each : start(this::generate)) {
      each.get();
    }
    assertThat(server.received(LOGIN)).hasSize(2);
    generate();
    assertThat(server.received(LOGIN)).hasSize(2);
    assertThat(server.last().cookie()).isEqualTo("Authorization=" + token("app-2", 0, 6000));
  }

  @Test
  void whileTheOldTokenIsGoodNobodyWaitsForTheNew() throws Exception {
    generate();
    now.set(now.get().plusSeconds(6000 - 30));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    server.answers(
        LOGIN,
        request -> {
          asked.countDown();
          end.await(20, TimeUnit.SECONDS);
          return Reply.of(Replies.success("in")).withToken(token("new", 0, 6000));
        });
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      Future<Object> slow = one.submit(this::generate);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      generate();
      assertThat(server.last().cookie()).isEqualTo("Authorization=" + token("app-1", 0, 6000));
      end.countDown();
      slow.get();
      assertThat(server.last().cookie()).isEqualTo("Authorization=" + token("new", 0, 6000));
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void aRenewalThatFailsIsTriedAgainLaterAsLongAsTheOldTokenIsGood() throws Exception {
    generate();
    server.answers(LOGIN, request -> Reply.of("").withStatus(503));
    now.set(now.get().plusSeconds(6000 - 30));
    generate();
    generate();
    assertThat(server.received(LOGIN)).hasSize(2);
    now.set(now.get().plusSeconds(6));
    generate();
    assertThat(server.received(LOGIN)).hasSize(3);
    now.set(now.get().plusSeconds(30));
    assertThatThrownBy(this::generate).isInstanceOf(TransportFailure.class);
  }

  @Test
  void aTokenThatTheServerNoLongerTakesIsReplacedAndTheCallRepeatedOnce() throws Exception {
    generate();
    AtomicBoolean takes = new AtomicBoolean();
    server.answers(
        GENERATE,
        request -> {
          if (request.cookie().endsWith(token("app-1", 0, 6000)) || !takes.get()) {
            return Reply.of(Replies.deployedError("KER-ATH-401", "Authentication Failed"))
                .withStatus(401);
          }
          return Reply.of(
              Replies.deployed("{\"otp\":\"123456\",\"status\":\"GENERATION_SUCCESSFUL\"}"));
        });
    Refusal refusal = catchThrowableOfType(Refusal.class, this::generate);
    assertThat(refusal.reason()).isEqualTo(RefusalReason.TOKEN_INVALID);
    assertThat(refusal.httpStatus()).isEqualTo(401);
    assertThat(server.received(GENERATE)).hasSize(3);
    takes.set(true);
    assertThat(generate()).isEqualTo("123456");
  }

  @Test
  void aTokenWithoutAnEndIsUsedUntilItIsRefused() throws Exception {
    server.answers(
        LOGIN, request -> Reply.of(Replies.success("in")).withToken("opaque-0123456789"));
    generate();
    now.set(now.get().plus(Duration.ofDays(30)));
    generate();
    assertThat(server.received(LOGIN)).hasSize(1);
    assertThat(server.last().cookie()).isEqualTo("Authorization=opaque-0123456789");
  }

  @Test
  void theLifeOfATokenIsReadBehindTheOldPrefix() throws Exception {
    server.answers(
        LOGIN,
        request ->
            Reply.of(Replies.success("in"))
                .withToken("Mosip-Token" + token("app", 1_543_800_000, 1_543_800_040)));
    generate();
    now.set(now.get().plusSeconds(29));
    generate();
    assertThat(server.received(LOGIN)).hasSize(1);
    now.set(now.get().plusSeconds(1));
    generate();
    assertThat(server.received(LOGIN)).hasSize(2);
    assertThat(server.last().cookie()).startsWith("Authorization=Mosip-Tokeney");
  }

  @Test
  void whoeverLogsOutLogsInAgainWhenATokenIsNeeded() throws Exception {
    server.answers(LOGOUT, Replies.deployed(Replies.status("Success", "successfully loggedout")));
    client.logOut();
    assertThat(server.received()).isEmpty();
    client.logIn();
    client.logOut();
    assertThat(server.last().cookie()).isEqualTo("Authorization=" + token("app-1", 0, 6000));
    generate();
    assertThat(server.received(LOGIN)).hasSize(2);
  }

  private Object generate() throws KernelException {
    return client.generateOtp("9820173642").digits();
  }

  private static List<Future<Object>> start(Callable<Object> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Object>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          threads.submit(() -> {
            go.await();
            return call.call();
          }));
    }
    go.countDown();
    threads.shutdown();
    return all;
  }
}
