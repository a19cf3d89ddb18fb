package io.watchword.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.watchword.core.keys.Sealer;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.StoreUnavailable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a row into what a column keeps, and back.
 *
 * <p>A row is JSON: instants as ISO-8601 with nanoseconds, {@code byte[]} as base64, enums by
 * {@code name()}, a value of a sealed interface with a member {@code "kind"} that holds the simple
 * name of its record. Members that are {@code null} are left out. When it is read, unknown members
 * are ignored; an absent one is {@code null}, zero or {@code false}, and for a list, set or map
 * that is not {@code @Nullable}, empty.
 *
 * <p>Thread-safe.
 */
public final class RowCodec {

  private final JsonMapper mapper =
      JsonMapper.builder()
          .annotationIntrospector(new RecordIntrospector())
          .accessorNaming(new ComponentNaming())
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .build();
  private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();
  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();
  private final Sealer sealer;

  /**
   * @param sealer seals the rows of the tables that ask for it
   */
  public RowCodec(Sealer sealer) {
    this.sealer = sealer;
  }

  /**
   * What the {@code body} column of the key's table keeps.
   *
   * @return a {@code String} of JSON, or sealed bytes if the table is sealed
   * @throws IllegalArgumentException if the row has no JSON form, such as a string with half a
   *     surrogate pair
   */
  public Object encode(Key<?> key, Object row) {
    ObjectWriter writer = writers.computeIfAbsent(key.table().type(), mapper::writerFor);
    try {
      if (!key.table().sealed()) {
        return new String(writer.writeValueAsBytes(row), UTF_8);
      }
      return sealer.seal(writer.writeValueAsBytes(row), label(key));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "row " + label(key) + " has no JSON form: " + place(e) + withoutContent(e));
    }
  }

  /**
   * The row that a column keeps.
   *
   * @param body what {@link #encode} returned for the same key
   * @throws StoreUnavailable if it cannot be opened or is not a row of this table
   */
  public <V> V decode(Key<V> key, Object body) {
    ObjectReader reader = readers.computeIfAbsent(key.table().type(), mapper::readerFor);
    try {
      V row = key.table().type().cast(reader.readValue(json(key, body)));
      if (row != null) {
        return row;
      }
    } catch (JacksonException e) {
      throw unreadable(key, place(e) + withoutContent(e), null);
    }
    throw unreadable(key, "it is null", null);
  }

  /**
   * About how many bytes a body has; 0 for none.
   *
   * @param body what {@link #encode} returned
   */
  public static int length(@Nullable Object body) {
    return switch (body) {
      case String text -> text.length();
      case byte[] bytes -> bytes.length;
      case null, default -> 0;
    };
  }

  private byte[] json(Key<?> key, Object body) {
    if (!key.table().sealed()) {
      return body.toString().getBytes(UTF_8);
    }
    try {
      return sealer.open((byte[]) body, label(key));
    } catch (IllegalStateException e) {
      throw unreadable(key, "it cannot be opened", e);
    }
  }

  /** Where a row belongs, as it is sealed into it and named in messages. */
  static String label(Key<?> key) {
    return key.table().name() + '/' + key.id();
  }

  private static StoreUnavailable unreadable(Key<?> key, String why, @Nullable Throwable cause) {
    return new StoreUnavailable(
        StoreUnavailable.Reason.FAILED, "row " + label(key) + " cannot be read: " + why, cause);
  }

  /** The outermost member only: deeper ones may be keys of a map, and those are content. */
  private static String place(JacksonException e) {
    List<JacksonException.Reference> path = e.getPath();
    String member = path.isEmpty() ? null : path.getFirst().getPropertyName();
    return member == null ? "" : "at " + member + ": ";
  }

  /** Jackson's own messages quote the value, so only the kind of error is told. */
  private static String withoutContent(JacksonException e) {
    return e.getClass().getSimpleName();
  }
}
