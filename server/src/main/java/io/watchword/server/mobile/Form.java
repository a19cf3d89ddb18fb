package io.watchword.server.mobile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A form as browsers and portals send it ({@code application/x-www-form-urlencoded}).
 *
 * @param values by name; no name comes twice
 */
record Form(Map<String, String> values) {

  private static final int MOST = 64;

  /**
   * Reads a body.
   *
   * @return empty: it is no form, or has a name twice
   */
  static Optional<Form> read(byte[] body) {
    Map<String, String> values = new HashMap<>();
    String text = new String(body, UTF_8);
    if (text.isEmpty()) {
      return Optional.of(new Form(Map.of()));
    }
    for (String pair : text.split("&", MOST + 1)) {
      int equals = pair.indexOf('=');
      try {
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        if (values.put(name, value) != null || values.size() > MOST) {
          return Optional.empty();
        }
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(new Form(Map.copyOf(values)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  /** The value, if it is there and not empty. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Without values. */
  @Override
  public String toString() {
    return "Form" + values.keySet();
  }
}
