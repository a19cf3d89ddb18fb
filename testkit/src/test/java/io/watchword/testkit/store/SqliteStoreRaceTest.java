package io.watchword.testkit.store;

class SqliteStoreRaceTest extends StoreRaceContract {

  @Override
  protected StoreEngine newEngine() {
    return new SqliteEngine();
  }
}
