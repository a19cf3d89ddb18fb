package io.watchword.core.individual;

import java.util.Map;

/** A value on file about a person. */
public sealed interface Attribute permits Attribute.Plain, Attribute.Localized {

  /** A value that is the same in every language. */
  record Plain(String value) implements Attribute {}

  /**
   * A value written in one or more languages.
   *
   * @param values by ISO 639-3 code, in the order in which they were given
   */
  record Localized(Map<String, String> values) implements Attribute {}
}
