package io.watchword.matching.text;

import java.util.ArrayList;
import java.util.List;

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
    List<String> left = new ArrayList<>(known);
    List<String> unmatched = new ArrayList<>();
    int same = 0;
    for (String word : said) {
      if (left.remove(word)) {
        same++;
      } else {
        unmatched.add(word);
      }
    }
    unmatched.removeIf(word -> isInitialOfOne(word, left));
    int all = known.size() + unmatched.size();
    return all == 0 ? 0 : same * 100 / all;
  }

  private static boolean isInitialOfOne(String word, List<String> left) {
    if (word.codePointCount(0, word.length()) != 1) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i).startsWith(word)) {
        left.remove(i);
        return true;
      }
    }
    return false;
  }
}
