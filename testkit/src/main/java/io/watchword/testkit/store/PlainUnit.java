package io.watchword.testkit.store;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** A unit written as a function, for tests. */
public record PlainUnit<R>(Collection<Key<?>> keys, Function<Rows, R> rules) implements Unit<R> {

  /** A unit over one row. */
  public static <R> PlainUnit<R> over(Key<?> key, Function<Rows, R> rules) {
    return new PlainUnit<>(List.of(key), rules);
  }

  /** A unit over two rows. */
  public static <R> PlainUnit<R> over(Key<?> one, Key<?> other, Function<Rows, R> rules) {
    return new PlainUnit<>(List.of(one, other), rules);
  }

  /** A unit that names no row, and can therefore only insert. */
  public static <R> PlainUnit<R> overNothing(Function<Rows, R> rules) {
    return new PlainUnit<>(List.of(), rules);
  }

  @Override
  public R apply(Rows rows) {
    return rules.apply(rows);
  }
}
