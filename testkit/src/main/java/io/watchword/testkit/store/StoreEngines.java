package io.watchword.testkit.store;

import java.util.stream.Stream;

/**
 * The engines, as the parameters of a test:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource("io.watchword.testkit.store.StoreEngines#each")
 * void aCodeIsGivenOnce(StoreEngine engine) {
 *   Store store = engine.open(List.of(Codes.TABLE));
 *   ...
 * }
 * }</pre>
 */
public final class StoreEngines {

  private StoreEngines() {}

  /** A new, empty database of each engine. */
  public static Stream<StoreEngine> each() {
    return Stream.of(new SqliteEngine(), new PostgresEngine());
  }
}
