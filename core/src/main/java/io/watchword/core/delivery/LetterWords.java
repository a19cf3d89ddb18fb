package io.watchword.core.delivery;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Words of one language for values that a story writes as codes, so that a French letter does not
 * say {@code passed}.
 *
 * @param language ISO 639-3
 * @param words from {@code variable.value}, for example {@code outcome.passed}, to the word
 */
public record LetterWords(String language, Map<String, String> words) {

  public LetterWords {
    words = Map.copyOf(words);
  }

  /**
   * A value in words. The parts of a list with commas are looked up one by one; what has no word
   * stays as it is.
   */
  String say(String variable, String value) {
    String whole = words.get(variable + "." + value);
    if (whole != null) {
      return whole;
    }
    if (value.indexOf(',') < 0 && value.strip().equals(value)) {
      return value;
    }
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .map(part -> words.getOrDefault(variable + "." + part, part))
        .collect(Collectors.joining(separator()));
  }

  private String separator() {
    return words.getOrDefault("list.separator", ",") + " ";
  }
}
