package io.watchword.server.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The settings group {@code languages}; ISO 639-3 codes.
 *
 * @param mandatory every person is on file in them
 * @param optional people may be on file in them too
 * @param templates in which letters are written to people who have no preferred language
 */
public record LanguageSettings(
    @Form(value = "[a-z]{3}", says = "is not an ISO 639-3 code such as eng") List<String> mandatory,
    @Form(value = "[a-z]{3}", says = "is not an ISO 639-3 code such as eng") List<String> optional,
    @Form(value = "[a-z]{3}", says = "is not an ISO 639-3 code such as eng")
        List<String> templates) {

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
    for (String language : templates) {
      if (!all.contains(language)) {
        throw new IllegalArgumentException(
            "letters cannot be written in " + language + ", which is not one of the languages");
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
