package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.OTHER_TX;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.Deployment.WIDE;
import static io.watchword.testkit.laws.Deployment.wrong;
import static io.watchword.testkit.laws.People.ID;
import static io.watchword.testkit.laws.People.NOBODY;
import static io.watchword.testkit.laws.People.UIN;
import static io.watchword.testkit.laws.People.VID;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Identifier;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import io.watchword.testkit.store.SqliteEngine;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DESIGN section 6: a unit is a function of its rows alone, for an engine may run it again. Random
 * walks through the stories; between two runs of each unit the clock moves and moves back.
 */
class PureUnitsTest {

  private static final int STEPS = 300;

  record Turn(int number) {}

  private static final Table<Turn> TURNS = Table.clear("turns", Turn.class);

  @Test
  void aUnitThatIsNotAFunctionOfItsRowsIsFoundOut() {
    try (StoreEngine engine = new SqliteEngine()) {
      var store = new TwiceStore(engine.open(List.of(TURNS)), () -> {});
      var turns = new AtomicInteger();
      int _ =
          store.commit(
              new Unit<Integer>() {
                @Override
                public Collection<Key<?>> keys() {
                  return List.of(TURNS.key("only"));
                }

                @Override
                public Integer apply(Rows rows) {
                  rows.put(TURNS.key("only"), new Turn(turns.incrementAndGet()));
                  return 0;
                }
              });
      assertThat(store.impurities).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyUnitOfTheStoriesIsAFunctionOfItsRows(long seed) {
    var random = new Random(seed);
    try (StoreEngine engine = new SqliteEngine()) {
      var around = new TwiceStore[1];
      Runnable between = () -> engine.clock().move(Duration.ofHours(random.nextInt(3) - 1));
      Deployment deployment =
          Deployment.over(
              engine,
              seed % 2 == 0 ? WIDE : BudgetPolicy.DEFAULT,
              store -> {
                around[0] = new TwiceStore(store, between);
                return around[0];
              });
      Deployment notifying = Deployment.start(around[0], engine.clock(), WIDE);
      People people = People.james(deployment);
      for (int step = 0; step < STEPS; step++) {
        Deployment at = random.nextBoolean() ? deployment : notifying;
        walk(at, people, random);
        engine.clock().move(Duration.ofSeconds(random.nextInt(200)));
      }
      deployment.audit.close(around[0], deployment.now());
      assertThat(around[0].impurities).isEmpty();
      assertThat(around[0].units)
          .contains("BeginSend", "FinishSend", "Decide", "RefuseUnknown", "Opening", "Closing");
      assertThat(deployment.verify().faults()).isEmpty();
    }
  }

  private static void walk(Deployment at, People people, Random random) {
    Identifier identifier = List.of(UIN, UIN, VID, VID, NOBODY).get(random.nextInt(5));
    String caller = random.nextInt(3) == 0 ? CLINIC : BANK;
    String transaction = random.nextInt(4) == 0 ? OTHER_TX : TX;
    switch (random.nextInt(10)) {
      case 0, 1 -> at.ask(caller, identifier, transaction);
      case 2 -> at.ask(caller, identifier, transaction, Channel.EMAIL, Channel.PHONE);
      case 3 -> people.give(VID, ID, null, random.nextInt(3) + 1);
      case 4 -> people.lock(random.nextInt(6) == 0 ? "otp" : "otp-email");
      case 5 ->
          at.courier.from(
              random.nextInt(3) == 0 ? _ -> KeptLetters.FAILED : _ -> KeptLetters.TAKEN);
      default -> {
        String code = at.courier.count() == 0 ? "123456" : at.courier.lastCode();
        at.give(caller, identifier, transaction, random.nextBoolean() ? code : wrong(code));
      }
    }
  }
}
