package io.watchword.server.settings;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, where a later layer wins over an earlier one. Maps are merged entry by entry; a
 * list is taken whole from the last layer that has it, because half a list of each makes no sense.
 */
final class Layers {

  /**
   * A value and where it came from.
   *
   * @param origin for messages, such as {@code in my.yaml}
   */
  record Given(String value, String origin) {}

  private final SortedMap<String, Given> effective = new TreeMap<>();

  void add(Map<String, String> layer, String origin) {
    for (String key : layer.keySet()) {
      String base = list(key);
      effective.keySet().removeIf(known -> known.equals(base) || known.startsWith(base + "["));
    }
    layer.forEach((key, value) -> {
      if (!layer.containsKey(key + "[0]")) { // the comma form that SmallRye adds to a list
        effective.put(key, new Given(value, origin));
      }
    });
  }

  @Nullable Given get(String key) {
    return effective.get(key);
  }

  SortedMap<String, Given> all() {
    return effective;
  }

  /** How many items the list has, or -1 if no layer writes it item by item. */
  int items(String key) {
    int count = 0;
    while (startsWith(key + "[" + count + "]")) {
      count++;
    }
    return count == 0 ? -1 : count;
  }

  private boolean startsWith(String prefix) {
    SortedMap<String, Given> tail = effective.tailMap(prefix);
    return !tail.isEmpty() && tail.firstKey().startsWith(prefix);
  }

  /** The key up to its first index. */
  private static String list(String key) {
    int bracket = key.indexOf('[');
    return bracket < 0 ? key : key.substring(0, bracket);
  }
}
