package io.watchword.server.print;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The words that are printed on every card, by language; English for languages without. */
final class CardLabels {

  private static final String FALLBACK = "eng";

  private final Map<String, Properties> byLanguage = new HashMap<>();

  CardLabels() {
    for (String language : new String[] {"eng", "fra", "ara"}) {
      byLanguage.put(language, read("card-" + language + ".properties"));
    }
  }

  private static Properties read(String name) {
    try (InputStream resource = CardLabels.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      Reader reader = new InputStreamReader(resource, StandardCharsets.UTF_8);
      var properties = new Properties();
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param language ISO 639-3
   */
  String of(String name, String language) {
    Properties known = byLanguage.getOrDefault(language, byLanguage.get(FALLBACK));
    String label = known == null ? null : known.getProperty(name);
    return label == null ? name : label;
  }
}
