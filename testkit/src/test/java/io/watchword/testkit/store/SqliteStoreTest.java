package io.watchword.testkit.store;

class SqliteStoreTest extends StoreContract {

  @Override
  protected StoreEngine newEngine() {
    return new SqliteEngine();
  }
}
