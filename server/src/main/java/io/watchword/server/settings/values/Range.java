package io.watchword.server.settings.values;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a number, a duration or a size may be, both ends included, written as the setting itself is.
 * Without this annotation it may be anything from zero on.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Range {
  String min();

  String max();
}
