package io.watchword.store;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AccessorNamingStrategy;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.DefaultAccessorNamingStrategy;

/**
 * A record's members are its components alone: {@code isExpired()} and {@code getX()} are rules.
 */
final class ComponentNaming extends DefaultAccessorNamingStrategy.Provider {

  private static final long serialVersionUID = 1L;

  @Override
  public AccessorNamingStrategy forRecord(MapperConfig<?> config, AnnotatedClass record) {
    Set<String> components =
        Arrays.stream(record.getRawType().getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());
    return new DefaultAccessorNamingStrategy.RecordNaming(config, record) {
      @Override
      public @Nullable String findNameForRegularGetter(AnnotatedMethod method, String name) {
        return components.contains(name) ? name : null;
      }

      @Override
      public @Nullable String findNameForIsGetter(AnnotatedMethod method, String name) {
        return null;
      }
    };
  }
}
