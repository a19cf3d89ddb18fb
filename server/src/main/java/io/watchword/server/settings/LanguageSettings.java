package io.watchword.server.settings;

import io.watchword.server.settings.values.Form;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The settings group {@code languages}; ISO 639-3 codes.
 *
 * @param mandatory every person is on file in them
 * @param optional people may be on file in them too
 */
public record LanguageSettings(
    @Form(value = "[a-z]{3}", says = "is not an ISO 639-3 code such as eng") List<String> mandatory,
    @Form(value = "[a-z]{3}", says = "is not an ISO 639-3 code such as eng")
        List<String> optional) {

  public LanguageSettings {
    Set<String> all = new LinkedHashSet<>(mandatory);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("at least one language is mandatory");
    }
    for (String language : optional) {
      if (!all.add(language)) {
        throw new IllegalArgumentException(language + " is both mandatory and optional");
      }
    }
  }

  /** All configured languages, mandatory ones first, in the order of the settings. */
  public List<String> all() {
    Set<String> all = new LinkedHashSet<>(mandatory);
    all.addAll(optional);
    return List.copyOf(all);
  }
}
