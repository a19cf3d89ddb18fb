package io.watchword.server.settings.values;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The default of a key inside a list's items, which {@code config/watchword.yaml} cannot hold
 * because the items are the operator's. All other defaults stand in that file.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {
  /** As it would be written in a settings file. */
  String value();
}
