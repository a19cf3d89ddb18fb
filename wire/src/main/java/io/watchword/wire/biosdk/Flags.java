package io.watchword.wire.biosdk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps of strings, whose order stays and in which an absent value is none. */
final class Flags {

  private Flags() {}

  static Map<String, String> of(@Nullable Map<String, String> given) {
    var kept = new LinkedHashMap<String, String>();
    if (given != null) {
      given.forEach((key, value) -> {
        if (value != null) {
          kept.put(key, value);
        }
      });
    }
    return Collections.unmodifiableMap(kept);
  }
}
