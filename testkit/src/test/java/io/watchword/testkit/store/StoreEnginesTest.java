package io.watchword.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.unit.Store;
import io.watchword.testkit.store.ContractRows.Counter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreEnginesTest {

  @ParameterizedTest
  @MethodSource("io.watchword.testkit.store.StoreEngines#each")
  void everyEngineKeepsARowAfterItIsOpenedAgain(StoreEngine engine) {
    try (Store store = engine.open(ContractRows.TABLES)) {
      assertThat(store.commit(ContractRows.increment(ContractRows.COUNTERS.key("a")))).isEqualTo(1);
    }
    Store again = engine.open(ContractRows.TABLES);
    assertThat(again.read(ContractRows.COUNTERS.key("a"))).isEqualTo(new Counter(1));
  }

  @Test
  void bothEnginesAreThere() {
    try (Stream<StoreEngine> engines = StoreEngines.each()) {
      assertThat(engines.peek(StoreEngine::close).map(StoreEngine::toString))
          .containsExactly("SQLite", "PostgreSQL");
    }
  }
}
