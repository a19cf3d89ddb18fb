package io.watchword.server.settings;

import io.watchword.server.settings.values.ByteSize;
import io.watchword.server.settings.values.Network;
import io.watchword.server.settings.values.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * From text to the types that settings have. Strict: what a reader could take for something else is
 * refused. Messages complete the sentence "the value …" and do not repeat the value.
 */
final class Conversions {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");
  private static final Map<Class<?>, Function<String, Object>> BY_TYPE = new HashMap<>();

  static {
    BY_TYPE.put(String.class, text -> text);
    BY_TYPE.put(int.class, Conversions::integer);
    BY_TYPE.put(Integer.class, Conversions::integer);
    BY_TYPE.put(long.class, Conversions::longInteger);
    BY_TYPE.put(Long.class, Conversions::longInteger);
    BY_TYPE.put(boolean.class, Conversions::flag);
    BY_TYPE.put(Boolean.class, Conversions::flag);
    BY_TYPE.put(Duration.class, Conversions::duration);
    BY_TYPE.put(ByteSize.class, ByteSize::parse);
    BY_TYPE.put(Network.class, Network::parse);
    BY_TYPE.put(Secret.class, Secret::new);
    BY_TYPE.put(Path.class, Path::of);
    BY_TYPE.put(URI.class, Conversions::uri);
    BY_TYPE.put(ZoneId.class, Conversions::zone);
    BY_TYPE.put(Pattern.class, Conversions::pattern);
  }

  private Conversions() {}

  static boolean knows(Class<?> type) {
    return type.isEnum() || BY_TYPE.containsKey(type);
  }

  /**
   * @throws IllegalArgumentException with the rest of a sentence about the value
   */
  static Object convert(String text, Class<?> type) {
    if (type.isEnum()) {
      return constant(text, type);
    }
    Function<String, Object> conversion = BY_TYPE.get(type);
    if (conversion == null) {
      throw new IllegalStateException("no setting can have the type " + type.getName());
    }
    return conversion.apply(text);
  }

  /** As messages write it; settings may write it in any case. */
  static String write(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Object constant(String text, Class<?> type) {
    var names = new StringBuilder();
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants == null ? new Object[0] : constants) {
      if (write(constant).equals(write(text))) {
        return constant;
      }
      names.append(names.isEmpty() ? "" : ", ").append(write(constant));
    }
    throw new IllegalArgumentException("is none of " + names);
  }

  private static Object integer(String text) {
    long value = (Long) longInteger(text);
    if (value != (int) value) {
      throw new IllegalArgumentException("is too large");
    }
    return (int) value;
  }

  private static Object longInteger(String text) {
    if (!text.matches("-?[0-9]{1,18}")) {
      throw new IllegalArgumentException("is not a whole number");
    }
    return Long.parseLong(text);
  }

  private static Object flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static Object duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is not a duration such as 500ms, 30s, 5m, 24h or 7d");
    }
    long amount = Long.parseLong(matcher.group(1));
    @Nullable String unit = matcher.group(2);
    return switch (unit == null ? "" : unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Object uri(String text) {
    URI uri = URI.create(text);
    if (!uri.isAbsolute()) {
      throw new IllegalArgumentException("is not an absolute URI");
    }
    return uri;
  }

  private static Object zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "is not a time zone such as UTC, Africa/Casablanca or +05:30", e);
    }
  }

  private static Object pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is not a regular expression: " + e.getDescription(), e);
    }
  }
}
