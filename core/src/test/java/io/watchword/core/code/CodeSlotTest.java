package io.watchword.core.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.code.CodeSlot.Checked;
import io.watchword.core.code.CodeSlot.Code;
import io.watchword.core.code.CodeSlot.Verdict;
import io.watchword.core.keys.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The slot's rules alone; what surrounds them is tested over the engines. */
class CodeSlotTest {

  private static final CodePolicy POLICY = CodePolicy.IDA;
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final Predicate<Mac> RIGHT = _ -> true;
  private static final Predicate<Mac> WRONG = _ -> false;
  private static final Predicate<Mac> NEVER =
      _ -> {
        throw new AssertionError("compared");
      };

  private static Code code(int number, Instant at) {
    return new Code(new Mac(1, "mac" + number), at, at.plus(POLICY.lifetime()));
  }

  private static CodeSlot active(Code code) {
    return CodeSlot.EMPTY.withPending(code, POLICY, code.createdAt()).activated(code, POLICY);
  }

  private static CodeSlot frozen(Instant at) {
    CodeSlot slot = active(code(1, at));
    for (int i = 0; i < POLICY.tries(); i++) {
      slot = slot.check(POLICY, WRONG, at).slot();
    }
    return slot;
  }

  @Test
  void anEmptySlotComparesNothing() {
    assertThat(CodeSlot.EMPTY.check(POLICY, NEVER, NOW).verdict()).isEqualTo(Verdict.NONE);
  }

  @Test
  void aPendingCodeIsNeverCompared() {
    CodeSlot slot = CodeSlot.EMPTY.withPending(code(1, NOW), POLICY, NOW);
    assertThat(slot.check(POLICY, NEVER, NOW).verdict()).isEqualTo(Verdict.NONE);
  }

  @Test
  void aFrozenSlotComparesNothingUntilItsFreezeEndsAndThenHasNoCode() {
    CodeSlot slot = frozen(NOW);
    Instant end = NOW.plus(POLICY.freeze());
    assertThat(slot.check(POLICY, NEVER, end.minusNanos(1)).verdict()).isEqualTo(Verdict.FROZEN);
    assertThat(slot.check(POLICY, NEVER, end).verdict()).isEqualTo(Verdict.NONE);
  }

  @Test
  void theLastTryFreezesEvenIfALetterIsUnderWay() {
    CodeSlot slot = active(code(1, NOW)).withPending(code(2, NOW), POLICY, NOW);
    Verdict last = Verdict.NONE;
    for (int i = 0; i < POLICY.tries(); i++) {
      Checked checked = slot.check(POLICY, WRONG, NOW);
      slot = checked.slot();
      last = checked.verdict();
    }
    assertThat(last).isEqualTo(Verdict.WRONG_AND_FROZEN);
    assertThat(slot.frozen(POLICY, NOW)).isTrue();
  }

  @Test
  void aCodeThatWasNotTakenLeavesTheActiveOneAndItsTries() {
    CodeSlot slot = active(code(1, NOW)).check(POLICY, WRONG, NOW).slot();
    Code second = code(2, NOW.plusSeconds(1));
    CodeSlot after = slot.withPending(second, POLICY, NOW).dropped(second);
    assertThat(after).isEqualTo(slot);
  }

  @Test
  void anOlderCodeNeverFollowsALaterOne() {
    Code older = code(1, NOW);
    Code later = code(2, NOW.plusSeconds(1));
    CodeSlot both = CodeSlot.EMPTY.withPending(older, POLICY, NOW).withPending(later, POLICY, NOW);
    CodeSlot inOrder = both.activated(later, POLICY);
    assertThat(inOrder.activated(older, POLICY).active()).isEqualTo(later);
    CodeSlot used = inOrder.check(POLICY, RIGHT, NOW).slot();
    assertThat(used.activated(older, POLICY).active()).isNull();
    CodeSlot late = inOrder.check(POLICY, RIGHT, later.expiresAt()).slot();
    assertThat(late.activated(older, POLICY).active()).isNull();
  }

  @Test
  void lettersThatNeverArriveDoNotPileUp() {
    CodeSlot slot = CodeSlot.EMPTY;
    for (int i = 0; i < 1_000; i++) {
      slot = slot.withPending(code(i, NOW), POLICY, NOW);
    }
    assertThat(slot.pending()).hasSizeLessThanOrEqualTo(8);
    Instant later = NOW.plus(POLICY.lifetime());
    assertThat(slot.withPending(code(0, later), POLICY, later).pending()).hasSize(1);
  }

  @Test
  void theRowIsKeptAsLongAsItsFreeze() {
    CodeSlot slot = frozen(NOW);
    assertThat(slot.uselessAfter(POLICY, NOW)).isAfter(NOW.plus(POLICY.freeze()));
  }

  /** Whatever happens in whatever order: five wrong codes at most between two activations. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void noWalkComparesMoreOftenThanThereAreTriesNorAcceptsACodeTwice(long seed) {
    var random = new Random(seed);
    CodeSlot slot = CodeSlot.EMPTY;
    Instant now = NOW;
    var compared = new AtomicInteger();
    int number = 0;
    for (int step = 0; step < 2_000; step++) {
      now = now.plus(Duration.ofSeconds(random.nextInt(120)));
      switch (random.nextInt(8)) {
        case 0 -> {
          if (!slot.frozen(POLICY, now)) {
            slot = slot.withPending(code(number++, now), POLICY, now);
          }
        }
        case 1 -> {
          if (!slot.pending().isEmpty() && !slot.frozen(POLICY, now)) {
            Code before = slot.active();
            Code arrived = slot.pending().get(random.nextInt(slot.pending().size()));
            slot = slot.activated(arrived, POLICY);
            if (slot.active() != before) {
              compared.set(0);
            }
          }
        }
        case 2 -> {
          if (!slot.pending().isEmpty()) {
            slot = slot.dropped(slot.pending().getFirst());
          }
        }
        default -> {
          boolean right = random.nextInt(6) == 0;
          Code before = slot.active();
          Checked checked =
              slot.check(
                  POLICY,
                  _ -> {
                    compared.incrementAndGet();
                    return right;
                  },
                  now);
          slot = checked.slot();
          assertThat(compared.get()).isLessThanOrEqualTo(POLICY.tries());
          if (checked.verdict() == Verdict.ACCEPTED) {
            assertThat(before).isNotNull();
            assertThat(now).isBefore(before.expiresAt());
            assertThat(slot.active()).isNull();
          }
        }
      }
    }
  }

  private static final CodePolicy KERNEL = CodePolicy.KERNEL_KEY;

  private static CodeSlot kernelActive(Code code) {
    return CodeSlot.EMPTY.withPending(code, KERNEL, code.createdAt()).activated(code, KERNEL);
  }

  private static CodeSlot kernelFrozen(Instant at) {
    CodeSlot slot = kernelActive(code(1, at));
    for (int i = 0; i < KERNEL.tries(); i++) {
      slot = slot.check(KERNEL, WRONG, at).slot();
    }
    return slot;
  }

  @Test
  void aLateCodeOfTheKernelIsNotComparedAndToldEvenOfAFrozenSlot() {
    Instant late = NOW.plus(KERNEL.lifetime());
    CodeSlot slot = kernelActive(code(1, NOW));
    assertThat(slot.check(KERNEL, NEVER, late).verdict()).isEqualTo(Verdict.LATE);
    assertThat(slot.check(KERNEL, NEVER, late).slot()).isEqualTo(slot);
    CodeSlot frozen = kernelFrozen(NOW);
    assertThat(frozen.check(KERNEL, NEVER, late.minusNanos(1)).verdict()).isEqualTo(Verdict.FROZEN);
    assertThat(frozen.check(KERNEL, NEVER, late).verdict()).isEqualTo(Verdict.LATE);
    assertThat(frozen.frozen(KERNEL, late)).isTrue();
  }

  @Test
  void aLateCodeOfTheKernelIsForgottenBeforeItsRowMayBe() {
    CodeSlot slot = kernelActive(code(1, NOW));
    Instant forgotten = NOW.plus(KERNEL.lifetime()).plus(KERNEL.lateness());
    assertThat(slot.check(KERNEL, NEVER, forgotten.minusNanos(1)).verdict())
        .isEqualTo(Verdict.LATE);
    assertThat(slot.check(KERNEL, NEVER, forgotten).verdict()).isEqualTo(Verdict.NONE);
    assertThat(slot.uselessAfter(KERNEL, NOW)).isAfterOrEqualTo(forgotten);
  }

  @Test
  void theThirdWrongTryOfTheKernelFreezesAndARightOneOnTheThirdIsAccepted() {
    CodeSlot slot = kernelActive(code(1, NOW));
    slot = slot.check(KERNEL, WRONG, NOW).slot();
    slot = slot.check(KERNEL, WRONG, NOW).slot();
    assertThat(slot.check(KERNEL, RIGHT, NOW).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(slot.check(KERNEL, WRONG, NOW).verdict()).isEqualTo(Verdict.WRONG_AND_FROZEN);
  }

  @Test
  void triesOfTheKernelStayWithANewCodeUntilAFreezesTimeHasPassed() {
    CodeSlot slot = kernelActive(code(1, NOW));
    slot = slot.check(KERNEL, WRONG, NOW).slot();
    slot = slot.check(KERNEL, WRONG, NOW).slot();
    Instant soon = NOW.plusSeconds(10);
    CodeSlot resent =
        slot.withPending(code(2, soon), KERNEL, soon).activated(code(2, soon), KERNEL);
    assertThat(resent.check(KERNEL, WRONG, soon).verdict()).isEqualTo(Verdict.WRONG_AND_FROZEN);
    Instant later = NOW.plus(KERNEL.lifetime()).plus(KERNEL.freeze());
    CodeSlot anew =
        slot.withPending(code(3, later), KERNEL, later).activated(code(3, later), KERNEL);
    assertThat(anew.check(KERNEL, WRONG, later).verdict()).isEqualTo(Verdict.WRONG);
    assertThat(anew.wrongTries()).isZero();
  }

  @Test
  void afterAFreezeThatIsShorterThanACodesLifeTheCodeHasAllItsTriesAgain() {
    var brief =
        new CodePolicy(
            "brief",
            6,
            Duration.ofMinutes(3),
            3,
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            100,
            CodePolicy.Manner.KERNEL_LOGIN);
    CodeSlot slot = kernelFrozen(NOW);
    Instant over = NOW.plusSeconds(20);
    assertThat(slot.check(brief, NEVER, over.minusNanos(1)).verdict()).isEqualTo(Verdict.FROZEN);
    assertThat(slot.check(brief, RIGHT, over).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(slot.check(brief, WRONG, over).slot().wrongTries()).isEqualTo(1);
  }
}
