package io.watchword.server.settings.values;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a text, or each text of a list or a map's values, must look like. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Form {
  /** A regular expression for the whole text. */
  String value();

  /** Completes the sentence "the value …". */
  String says();
}
