package io.watchword.testkit.store;

import io.watchword.core.unit.Store;
import java.util.List;

class PostgresTwoNodesRaceTest extends StoreRaceContract {

  @Override
  protected StoreEngine newEngine() {
    return new PostgresEngine();
  }

  @Override
  protected List<Store> openNodes(StoreEngine of) {
    return List.of(of.open(ContractRows.TABLES), of.open(ContractRows.TABLES));
  }
}
