package io.watchword.testkit.laws;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A courier that keeps what it carries; a test may say what else happens. */
final class KeptLetters implements Courier {

  static final Outcome TAKEN = new Taken("kept", "");
  static final Outcome FAILED = new Failed("told to");

  private final List<Letter> letters = new CopyOnWriteArrayList<>();
  private volatile Function<Letter, Outcome> way = _ -> TAKEN;

  /** What becomes of the letters from now on. */
  void from(Function<Letter, Outcome> now) {
    way = now;
  }

  @Override
  public Outcome carry(Letter letter) {
    letters.add(letter);
    return way.apply(letter);
  }

  int count() {
    return letters.size();
  }

  long count(Channel channel) {
    return letters.stream().filter(letter -> letter.channel() == channel).count();
  }

  /** The code in the latest letter: the text of these letters is the code alone. */
  String lastCode() {
    return letters.getLast().text();
  }

  List<String> codes() {
    return letters.stream().map(Letter::text).toList();
  }
}
