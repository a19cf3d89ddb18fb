package io.watchword.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Tells Jackson about the core's records what elsewhere annotations would tell: the core has none.
 */
final class RecordIntrospector extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;
  private static final String KIND = "kind";

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    return isSealedInterface(annotated.getRawType()) && annotated.getAnnotated() instanceof Class
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, KIND, null, false, true, null)
        : null;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
    Class<?> type = annotated.getRawType();
    if (!isSealedInterface(type)) {
      return null;
    }
    List<NamedType> kinds = new ArrayList<>();
    collect(type, kinds, new HashSet<>());
    return kinds;
  }

  private static void collect(Class<?> sealed, List<NamedType> kinds, Set<String> names) {
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (isSealedInterface(permitted)) {
        collect(permitted, kinds, names);
      } else {
        kinds.add(kind(sealed, permitted, names));
      }
    }
  }

  private static NamedType kind(Class<?> sealed, Class<?> permitted, Set<String> names) {
    if (!permitted.isRecord()) {
      throw new IllegalArgumentException(
          permitted.getName() + " of " + sealed.getName() + " is no record and cannot be stored");
    }
    for (RecordComponent component : permitted.getRecordComponents()) {
      if (component.getName().equals(KIND)) {
        throw new IllegalArgumentException(
            permitted.getName() + " may have no member named kind: it tells the record's type");
      }
    }
    if (!names.add(permitted.getSimpleName())) {
      throw new IllegalArgumentException(
          "two records of " + sealed.getName() + " are named " + permitted.getSimpleName());
    }
    return new NamedType(permitted, permitted.getSimpleName());
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    if (annotated instanceof AnnotatedParameter parameter
        && isCollection(parameter.getRawType())
        && !isNullable(parameter)) {
      return JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    }
    return super.findSetterInfo(config, annotated);
  }

  private static boolean isCollection(Class<?> type) {
    return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
  }

  private static boolean isNullable(AnnotatedParameter parameter) {
    RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
    return components != null
        && parameter.getIndex() < components.length
        && components[parameter.getIndex()].getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static boolean isSealedInterface(Class<?> type) {
    return type.isInterface() && type.isSealed();
  }
}
