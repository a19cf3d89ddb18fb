package io.watchword.testkit.store;

class PostgresStoreRaceTest extends StoreRaceContract {

  @Override
  protected StoreEngine newEngine() {
    return new PostgresEngine();
  }
}
