package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.OTHER_TX;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.People.ID;
import static io.watchword.testkit.laws.People.UIN;
import static io.watchword.testkit.laws.People.VID;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.Claim;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.WrongCodes;
import io.watchword.core.code.CodeBinding;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.CodeSlot;
import io.watchword.core.code.SendCode;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.Individual;
import io.watchword.core.unit.Key;
import io.watchword.testkit.store.StoreEngine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * DESIGN section 5, law 3: under any number of parallel guesses at most five comparisons and at
 * most one success; and the same for whatever else may happen once. On PostgreSQL two nodes race.
 */
class CodeRaceTest {

  private static final String EACH = "io.watchword.testkit.store.StoreEngines#each";
  private static final int GUESSES = 1_000;
  private static final int TRIES = CodePolicy.IDA.tries();
  private static final int ROUNDS_WITHOUT_GUARD = 200;

  private List<Deployment> nodes = List.of();

  private Deployment node(int thread) {
    return nodes.get(thread % nodes.size());
  }

  private void james(StoreEngine engine, BudgetPolicy budgets) {
    nodes = Deployment.nodes(engine, budgets);
    People.james(nodes.getFirst());
  }

  private Set<String> guesses() {
    Set<String> all = new HashSet<>();
    nodes.forEach(node -> all.addAll(node.keyring.guesses()));
    return all;
  }

  /** Different codes for each thread and turn, none of them the right one. */
  private static String guess(String code, int thread, int turn) {
    int number = Integer.parseInt(code) + 1 + thread * GUESSES + turn;
    return "%06d".formatted(number % 1_000_000);
  }

  private void everyDecisionIsRecordedOnce(int decisions) {
    assertThat(nodes.stream().mapToInt(node -> node.records().size()).sum()).isEqualTo(decisions);
  }

  private void theAuditIsSound() {
    assertThat(nodes.getFirst().verify().faults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void withoutTheUnitsGuardMoreGuessesAreComparedThanThereAreTries(StoreEngine engine)
      throws Exception {
    james(engine, Deployment.WIDE);
    Deployment node = nodes.getFirst();
    int most = 0;
    for (int round = 0; round < ROUNDS_WITHOUT_GUARD && most <= TRIES; round++) {
      String code = node.code(BANK, UIN, TX);
      node.keyring.guesses().clear();
      List<CodeSlot.Verdict> verdicts =
          Race.run(thread -> checkOutsideAUnit(node, guess(code, thread, 0)));
      most = Math.max(most, node.keyring.guesses().size());
      assertThat(verdicts).hasSize(Race.THREADS);
    }
    assertThat(most)
        .as("the race is real: a slot that is checked outside the unit compares too often")
        .isGreaterThan(TRIES);
  }

  /** The slot's own rules, but between a read and a write that are two steps. */
  private static CodeSlot.Verdict checkOutsideAUnit(Deployment node, String guess) {
    var binding = new CodeBinding(CodePolicy.IDA.purpose(), UIN.value(), TX, BANK);
    Key<CodeSlot> key = binding.slot(node.keyring);
    CodeSlot slot = node.store.read(key);
    CodeSlot.Checked checked =
        (slot == null ? CodeSlot.EMPTY : slot)
            .check(CodePolicy.IDA, mac -> binding.matches(node.keyring, mac, guess), node.now());
    node.put(key, checked.slot());
    return checked.verdict();
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void sixtyFourTimesAThousandGuessesAreFiveComparisons(StoreEngine engine) throws Exception {
    james(engine, Deployment.WIDE);
    String code = nodes.getFirst().code(BANK, UIN, TX);
    List<Integer> mismatches =
        Race.run(thread -> {
          int wrong = 0;
          for (int turn = 0; turn < GUESSES; turn++) {
            switch (node(thread).give(BANK, UIN, TX, guess(code, thread, turn))) {
              case Authenticate.Mismatched _ -> wrong++;
              case Authenticate.Refused(AuthenticationRefusal why, _) ->
                  assertThat(why).isEqualTo(new AuthenticationRefusal.Frozen());
              case Authenticate.Accepted _ -> throw new AssertionError("a wrong code was right");
            }
          }
          return wrong;
        });
    assertThat(guesses()).hasSize(TRIES);
    assertThat(mismatches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(TRIES - 1);
    var binding = new CodeBinding(CodePolicy.IDA.purpose(), UIN.value(), TX, BANK);
    assertThat(nodes.getFirst().store.read(binding.slot(nodes.getFirst().keyring)))
        .isNotNull()
        .extracting(CodeSlot::active, CodeSlot::wrongTries, CodeSlot::frozenAt)
        .containsExactly(null, TRIES, nodes.getFirst().now());
    assertThat(nodes.getFirst().store.read(WrongCodes.TABLE.key(ID)))
        .isNotNull()
        .extracting(WrongCodes::count)
        .isEqualTo(TRIES);
    everyDecisionIsRecordedOnce(1 + Race.THREADS * GUESSES);
    theAuditIsSound();
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void guessesThatHoldTheRightCodeSucceedAtMostOnceWithinFiveComparisons(StoreEngine engine)
      throws Exception {
    james(engine, Deployment.WIDE);
    int successes = 0;
    for (int round = 0; round < 20; round++) {
      String transaction = "%010d".formatted(round);
      String code = nodes.getFirst().code(BANK, UIN, transaction);
      nodes.forEach(node -> node.keyring.guesses().clear());
      List<Authenticate.Outcome> outcomes =
          Race.run(thread ->
              node(thread)
                  .give(BANK, UIN, transaction, thread % 4 == 0 ? code : guess(code, thread, 0)));
      long right = outcomes.stream().filter(Authenticate.Accepted.class::isInstance).count();
      assertThat(right).isLessThanOrEqualTo(1);
      assertThat(guesses()).hasSizeLessThanOrEqualTo(TRIES);
      successes += (int) right;
      nodes.getFirst().clock.move(CodePolicy.IDA.freeze());
    }
    assertThat(successes).as("the right code comes early often enough").isPositive();
    theAuditIsSound();
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void ofManyRightCodesExactlyOneIsAccepted(StoreEngine engine) throws Exception {
    james(engine, Deployment.WIDE);
    for (int round = 0; round < 10; round++) {
      String code = nodes.getFirst().code(BANK, UIN, TX);
      List<Authenticate.Outcome> outcomes =
          Race.run(thread -> node(thread).give(BANK, UIN, TX, code));
      assertThat(outcomes).filteredOn(Authenticate.Accepted.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(
              outcome -> outcome instanceof Authenticate.Refused(AuthenticationRefusal.NoCode(), _))
          .hasSize(Race.THREADS - 1);
    }
    everyDecisionIsRecordedOnce(10 * (1 + Race.THREADS));
    theAuditIsSound();
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void noBudgetIsExceededBySendsAtOnce(StoreEngine engine) throws Exception {
    james(engine, BudgetPolicy.DEFAULT);
    List<SendCode.Outcome> outcomes =
        Race.run(
            thread -> node(thread).ask("partner-" + thread % 5, thread % 2 == 0 ? UIN : VID, TX));
    assertThat(outcomes).filteredOn(SendCode.Sent.class::isInstance).hasSize(10);
    assertThat(nodes.stream().mapToInt(node -> node.courier.count()).sum()).isEqualTo(10);
    everyDecisionIsRecordedOnce(Race.THREADS);
    theAuditIsSound();
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void ofTwoCodesThatAreSentAtOnceOneIsValid(StoreEngine engine) throws Exception {
    james(engine, Deployment.WIDE);
    for (int round = 0; round < 10; round++) {
      List<String> transactions = List.of(TX, OTHER_TX);
      Race.run(thread ->
          thread < 2
              ? nodes.get(thread).code(BANK, UIN, transactions.get(thread))
              : "not in this race");
      int accepted = 0;
      for (int i = 0; i < 2; i++) {
        String code = nodes.get(i).courier.lastCode();
        Authenticate.Outcome outcome = nodes.getFirst().give(BANK, UIN, transactions.get(i), code);
        accepted += outcome instanceof Authenticate.Accepted ? 1 : 0;
      }
      assertThat(accepted).isEqualTo(1);
    }
    theAuditIsSound();
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void aVidThatServesOnceServesExactlyOne(StoreEngine engine) throws Exception {
    james(engine, Deployment.WIDE);
    var claim =
        new Claim(
            "phoneNumber", List.of(Individual.PHONE), null, People.PHONE, Claim.Kind.TEXT, false);
    var outcomes = new ArrayList<Authenticate.Outcome>();
    for (int round = 0; round < 10; round++) {
      nodes
          .getFirst()
          .put(
              nodes.getFirst().directory.key(VID),
              new IdentifierRow(ID, VID.type(), IdentifierRow.State.ACTIVE, null, 1));
      outcomes.addAll(Race.run(thread -> node(thread).decide(BANK, VID, TX, null, List.of(claim))));
    }
    assertThat(outcomes).filteredOn(Authenticate.Accepted.class::isInstance).hasSize(10);
    everyDecisionIsRecordedOnce(10 * Race.THREADS);
    theAuditIsSound();
  }
}
