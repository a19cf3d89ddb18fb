package io.watchword.testkit.store;

class PostgresStoreTest extends StoreContract {

  @Override
  protected StoreEngine newEngine() {
    return new PostgresEngine();
  }
}
