package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.CodeGivenBackTest.accepted;
import static io.watchword.testkit.laws.CodeGivenBackTest.refused;
import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.OTHER_TX;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.Deployment.WIDE;
import static io.watchword.testkit.laws.People.UIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.CoreTables;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.testkit.store.StoreEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A crash between the units of a send leaves no valid code and no acknowledgement. */
class CrashTest {

  private static final String EACH = "io.watchword.testkit.store.StoreEngines#each";

  private Deployment started(StoreEngine engine) {
    Deployment deployment = Deployment.start(engine.open(CoreTables.ALL), engine.clock(), WIDE);
    People.james(deployment);
    return deployment;
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void aProcessThatDiesWhileTheLetterIsUnderWayLeavesNoValidCode(StoreEngine engine) {
    Deployment dying = started(engine);
    dying.courier.from(_ -> {
      throw new OutOfMemoryError("the process dies");
    });
    assertThatThrownBy(() -> dying.ask(BANK, UIN, TX)).isInstanceOf(OutOfMemoryError.class);
    String lost = dying.courier.lastCode();
    dying.store.close();
    Deployment next = Deployment.start(engine.open(CoreTables.ALL), engine.clock(), WIDE);
    refused(next.give(BANK, UIN, TX, lost), new AuthenticationRefusal.OtherTransaction());
    String code = next.code(BANK, UIN, TX);
    accepted(next.give(BANK, UIN, TX, code));
    assertThat(next.verify().faults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void aProcessThatDiesInASecondSendLeavesTheFormerCodeInForce(StoreEngine engine) {
    Deployment dying = started(engine);
    String former = dying.code(BANK, UIN, TX);
    dying.courier.from(_ -> {
      throw new OutOfMemoryError("the process dies");
    });
    assertThatThrownBy(() -> dying.ask(BANK, UIN, OTHER_TX)).isInstanceOf(OutOfMemoryError.class);
    dying.store.close();
    Deployment next = Deployment.start(engine.open(CoreTables.ALL), engine.clock(), WIDE);
    refused(
        next.give(BANK, UIN, OTHER_TX, dying.courier.lastCode()),
        new AuthenticationRefusal.OtherTransaction());
    accepted(next.give(BANK, UIN, TX, former));
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void aStoreThatClosesWhileTheLetterIsUnderWayAcknowledgesNothing(StoreEngine engine) {
    Deployment dying = started(engine);
    Store store = dying.store;
    dying.courier.from(_ -> {
      store.close();
      return KeptLetters.TAKEN;
    });
    assertThatThrownBy(() -> dying.ask(BANK, UIN, TX)).isInstanceOf(StoreUnavailable.class);
    Deployment next = Deployment.start(engine.open(CoreTables.ALL), engine.clock(), WIDE);
    refused(
        next.give(BANK, UIN, TX, dying.courier.lastCode()),
        new AuthenticationRefusal.OtherTransaction());
    assertThat(next.verify().faults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void whatWasAcknowledgedIsThereAfterTheNextStart(StoreEngine engine) {
    Deployment first = started(engine);
    String used = first.code(BANK, UIN, TX);
    accepted(first.give(BANK, UIN, TX, used));
    String code = first.code(BANK, UIN, OTHER_TX);
    first.store.close();
    Deployment next = Deployment.start(engine.open(CoreTables.ALL), engine.clock(), WIDE);
    assertThat(next.give(BANK, UIN, TX, used)).isInstanceOf(Authenticate.Mismatched.class);
    accepted(next.give(BANK, UIN, OTHER_TX, code));
    assertThatThrownBy(() -> first.give(BANK, UIN, OTHER_TX, code))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(next.verify().faults()).isEmpty();
  }
}
