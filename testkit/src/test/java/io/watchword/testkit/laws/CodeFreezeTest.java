package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.CodeGivenBackTest.accepted;
import static io.watchword.testkit.laws.CodeGivenBackTest.mismatched;
import static io.watchword.testkit.laws.CodeGivenBackTest.refused;
import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.OTHER_TX;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.Deployment.wrong;
import static io.watchword.testkit.laws.People.UIN;
import static io.watchword.testkit.laws.People.VID;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The freeze of contract ida 6.6, and letters that are under way while a slot changes. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class CodeFreezeTest {

  private static final Duration FREEZE = Duration.ofMinutes(30);
  private static final AuthenticationRefusal FROZEN = new AuthenticationRefusal.Frozen();
  private static final SendCode.Outcome NOT_SENT = new SendCode.Refused(new SendRefusal.Frozen());

  @Parameter StoreEngine engine;

  private Deployment deployment;

  @BeforeEach
  void enrolJames() {
    deployment = Deployment.over(engine);
    People.james(deployment);
  }

  private void freeze(String transaction, String code) {
    for (int i = 0; i < 4; i++) {
      mismatched(deployment.give(BANK, UIN, transaction, wrong(code)));
    }
    refused(deployment.give(BANK, UIN, transaction, wrong(code)), FROZEN);
  }

  @Test
  void aFrozenSlotGetsNoCodeAndComparesNoneForThirtyMinutesToTheMillisecond() {
    String code = deployment.code(BANK, UIN, TX);
    freeze(TX, code);
    int letters = deployment.courier.count();
    deployment.clock.move(FREEZE.minusMillis(1));
    assertThat(deployment.ask(BANK, UIN, TX)).isEqualTo(NOT_SENT);
    assertThat(deployment.ask(CLINIC, UIN, OTHER_TX)).isEqualTo(NOT_SENT);
    refused(deployment.give(BANK, UIN, TX, code), FROZEN);
    assertThat(deployment.courier.count()).isEqualTo(letters);
    assertThat(deployment.keyring.comparisons()).isEqualTo(5);
    deployment.clock.move(Duration.ofMillis(1));
    refused(deployment.give(BANK, UIN, TX, code), new AuthenticationRefusal.NoCode());
  }

  @Test
  void afterTheFreezeACodeIsSentAndHasAllItsTries() {
    freeze(TX, deployment.code(BANK, UIN, TX));
    deployment.clock.move(FREEZE);
    String code = deployment.code(BANK, UIN, TX);
    for (int i = 0; i < 4; i++) {
      mismatched(deployment.give(BANK, UIN, TX, wrong(code)));
    }
    accepted(deployment.give(BANK, UIN, TX, code));
  }

  @Test
  void aSendThatFailsAfterTheFreezeBringsTheOldCodeNotBack() {
    String code = deployment.code(BANK, UIN, TX);
    freeze(TX, code);
    deployment.clock.move(FREEZE);
    deployment.courier.from(_ -> KeptLetters.FAILED);
    deployment.ask(BANK, UIN, TX);
    refused(deployment.give(BANK, UIN, TX, code), new AuthenticationRefusal.NoCode());
  }

  @Test
  void oneIdentifiersFreezeIsNotAnothers() {
    freeze(TX, deployment.code(BANK, UIN, TX));
    String code = deployment.code(BANK, VID, OTHER_TX);
    accepted(deployment.give(BANK, VID, OTHER_TX, code));
  }

  @Test
  void aLetterUnderWayWhileTheSlotFreezesBringsNoCode() throws Exception {
    String first = deployment.code(BANK, UIN, TX);
    var slow = new SlowLetters();
    deployment.courier.from(slow::carry);
    CompletableFuture<SendCode.Outcome> sending = sending(OTHER_TX);
    slow.awaitEntered();
    freeze(TX, first);
    slow.arrive();
    assertThat(sending.join()).isEqualTo(NOT_SENT);
    String late = deployment.courier.lastCode();
    refused(
        deployment.give(BANK, UIN, OTHER_TX, late), new AuthenticationRefusal.OtherTransaction());
    deployment.clock.move(FREEZE);
    refused(deployment.give(BANK, UIN, TX, late), new AuthenticationRefusal.NoCode());
  }

  @Test
  void aLetterUnderWayLeavesTheFormerCodeInForce() throws Exception {
    String former = deployment.code(BANK, UIN, TX);
    var slow = new SlowLetters();
    deployment.courier.from(slow::carry);
    CompletableFuture<SendCode.Outcome> sending = sending(OTHER_TX);
    slow.awaitEntered();
    accepted(deployment.give(BANK, UIN, TX, former));
    slow.arrive();
    assertThat(sending.join()).isInstanceOf(SendCode.Sent.class);
    accepted(deployment.give(BANK, UIN, OTHER_TX, deployment.courier.lastCode()));
  }

  @Test
  void aCodeUnderWayIsWorthNothingBeforeItsLetterIsTaken() throws Exception {
    deployment.code(BANK, UIN, TX);
    var slow = new SlowLetters();
    deployment.courier.from(slow::carry);
    CompletableFuture<SendCode.Outcome> sending = sending(TX);
    slow.awaitEntered();
    mismatched(deployment.give(BANK, UIN, TX, deployment.courier.lastCode()));
    slow.arrive();
    sending.join();
    accepted(deployment.give(BANK, UIN, TX, deployment.courier.lastCode()));
  }

  @Test
  void anOlderCodeThatArrivesLateTakesNoNewerOnesPlace() throws Exception {
    var slow = new SlowLetters();
    deployment.courier.from(slow::carry);
    CompletableFuture<SendCode.Outcome> sending = sending(TX);
    slow.awaitEntered();
    String older = deployment.courier.lastCode();
    deployment.clock.move(Duration.ofSeconds(1));
    deployment.courier.from(_ -> KeptLetters.TAKEN);
    String newer = deployment.code(BANK, UIN, OTHER_TX);
    mismatched(deployment.give(BANK, UIN, OTHER_TX, wrong(newer)));
    slow.arrive();
    sending.join();
    mismatched(deployment.give(BANK, UIN, TX, older));
    accepted(deployment.give(BANK, UIN, OTHER_TX, newer));
  }

  @Test
  void anOlderCodeThatArrivesAfterTheNewerWasUsedStaysWorthless() throws Exception {
    var slow = new SlowLetters();
    deployment.courier.from(slow::carry);
    CompletableFuture<SendCode.Outcome> sending = sending(TX);
    slow.awaitEntered();
    String older = deployment.courier.lastCode();
    deployment.clock.move(Duration.ofSeconds(1));
    deployment.courier.from(_ -> KeptLetters.TAKEN);
    accepted(deployment.give(BANK, UIN, OTHER_TX, deployment.code(BANK, UIN, OTHER_TX)));
    slow.arrive();
    sending.join();
    refused(deployment.give(BANK, UIN, TX, older), new AuthenticationRefusal.NoCode());
  }

  private CompletableFuture<SendCode.Outcome> sending(String transaction) {
    return CompletableFuture.supplyAsync(
        () -> deployment.ask(BANK, UIN, transaction), Thread::startVirtualThread);
  }

  /** A letter that is under way until it is told to arrive. */
  private static final class SlowLetters {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(1);

    Courier.Outcome carry(Letter letter) {
      entered.countDown();
      try {
        return arrived.await(30, TimeUnit.SECONDS) ? KeptLetters.TAKEN : KeptLetters.FAILED;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return KeptLetters.FAILED;
      }
    }

    void awaitEntered() throws InterruptedException {
      assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    }

    void arrive() {
      arrived.countDown();
    }
  }
}
