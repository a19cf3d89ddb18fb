package io.watchword.matching.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much of two texts is the same, by their words (contract identity-v1 5.5). */
final class PartialScore {

  private PartialScore() {}

  /**
   * @param said words of the claim
   * @param known words on file
   * @return 0 to 100: words that are the same, in per cent of those on file and those that were
   *     said besides. An initial takes the place of a word without counting as one that is the same
   */
  static int of(List<String> said, List<String> known) {
    Map<String, Integer> left = new HashMap<>();
    known.forEach(word -> left.merge(word, 1, Integer::sum));
    List<String> unmatched = new ArrayList<>();
    int same = 0;
    for (String word : said) {
      if (takeOne(left, word)) {
        same++;
      } else {
        unmatched.add(word);
      }
    }
    Map<String, Integer> initials = new HashMap<>();
    left.forEach((word, times) -> initials.merge(initial(word), times, Integer::sum));
    unmatched.removeIf(word -> isLetter(word) && takeOne(initials, word));
    int all = known.size() + unmatched.size();
    return all == 0 ? 0 : same * 100 / all;
  }

  private static boolean takeOne(Map<String, Integer> counts, String key) {
    if (!counts.containsKey(key)) {
      return false;
    }
    counts.computeIfPresent(key, (same, times) -> times == 1 ? null : times - 1);
    return true;
  }

  /** One letter and nothing else: a digit is no initial, house 1 is not house 12. */
  private static boolean isLetter(String word) {
    return word.codePointCount(0, word.length()) == 1 && Character.isLetter(word.codePointAt(0));
  }

  private static String initial(String word) {
    return word.substring(0, word.offsetByCodePoints(0, 1));
  }
}
