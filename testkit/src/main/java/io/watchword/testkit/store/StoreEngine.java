package io.watchword.testkit.store;

import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.store.group.GroupLimits;
import io.watchword.testkit.time.HandClock;
import java.nio.file.Path;
import java.util.List;

/**
 * One database of its own for a test, empty at first, and the engine over it. What was committed
 * stays when its store is closed and opened again, until the engine itself is closed; JUnit does
 * that for a parameter of a test.
 */
public interface StoreEngine extends AutoCloseable {

  /** The engine's name, for the names of tests. */
  @Override
  String toString();

  /**
   * Opens the database as a server does.
   *
   * @throws org.opentest4j.TestAbortedException if this machine cannot run the engine; it says why
   */
  Store open(List<Table<?>> tables);

  /** Opens it with a single thread that commits, and the given limits. */
  Store open(List<Table<?>> tables, GroupLimits limits);

  /** A clock for what is built over the store; the store itself reads none. */
  HandClock clock();

  /** Carries out SQL behind the store's back. */
  void execute(String sql);

  /** The files in which the engine keeps its rows now, logs included. */
  List<Path> files();

  /** Closes the stores that are still open and removes the database. */
  @Override
  void close();
}
