package io.watchword.wire.cbeff;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Finds constants by their words. */
final class Words {

  private Words() {}

  static <T> Optional<T> find(T[] all, Function<T, String> word, String wanted) {
    return Arrays.stream(all).filter(each -> word.apply(each).equals(wanted)).findFirst();
  }
}
