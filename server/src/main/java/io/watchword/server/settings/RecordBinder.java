package io.watchword.server.settings;

import io.watchword.server.settings.values.Default;
import io.watchword.server.settings.values.Form;
import io.watchword.server.settings.values.Range;
import io.watchword.server.settings.values.Secret;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of settings. A component {@code headTimeout} has the key {@code head-timeout}; a
 * component that is a record has the keys below its own. It may be a value, a {@code List} or
 * {@code Set} of values or records, an {@code Optional}, or a {@code Map} from text to any of them.
 * An empty text stands for "none" and is allowed where the component is {@code @Nullable}. A {@link
 * Secret} may be given as the content of a file by the key with {@code -file} behind it.
 *
 * <p>Goes on after a problem, so that all of them are found in one run.
 */
final class RecordBinder {

  /** Texts of records outside this package that are secret all the same. */
  private static final Pattern SECRET =
      Pattern.compile("(^|[.-])(password|secret|token)$|[.]headers[.][^.]+$");

  private static final String FILE = "-file";

  private static final int LONGEST_SECRET_FILE = 64 * 1024;

  private final Layers layers;
  private final List<String> problems;
  private final SortedSet<String> known = new TreeSet<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final Set<String> secrets = new LinkedHashSet<>();

  RecordBinder(Layers layers, List<String> problems) {
    this.layers = layers;
    this.problems = problems;
  }

  /** Every key that was looked for, whether it has a value or not. */
  SortedSet<String> known() {
    return known;
  }

  /** Keys whose values were taken. */
  Set<String> used() {
    return used;
  }

  /** Keys whose values are secret. */
  Set<String> secrets() {
    return secrets;
  }

  /** The record, or {@code null} if there was a problem in it. */
  <R> @Nullable R bind(Class<R> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    int before = problems.size();
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      String key = (prefix.isEmpty() ? "" : prefix + ".") + kebab(component.getName());
      values[i] = component(component, key);
    }
    if (problems.size() > before) {
      return null;
    }
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true); // records of other packages may keep theirs to themselves
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IllegalArgumentException) {
        problems.add((prefix.isEmpty() ? "" : prefix + ": ") + cause.getMessage());
        return null;
      }
      throw new IllegalStateException(type.getName() + " refuses its values", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " cannot be made", e);
    }
  }

  private @Nullable Object component(RecordComponent component, String key) {
    return bindType(component.getGenericType(), key, new Rules(component));
  }

  private @Nullable Object bindType(Type type, String key, Rules rules) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Map.class) {
        return map(arguments[1], key, rules);
      }
      if (generic.getRawType() == Optional.class) {
        return optional((Class<?>) arguments[0], key, rules);
      }
      List<@Nullable Object> items = list(arguments[0], key, rules);
      return generic.getRawType() == Set.class
          ? Collections.unmodifiableSet(new LinkedHashSet<>(items))
          : Collections.unmodifiableList(items);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord() && !Conversions.knows(plain)) {
      return bind(plain, key);
    }
    if (plain == Secret.class) {
      return secret(key, rules);
    }
    if (plain == String.class && SECRET.matcher(key).find()) {
      Secret secret = secret(key, rules);
      return secret == null ? null : secret.reveal();
    }
    return value(plain, key, rules);
  }

  /** A record is there if one of its keys has a value; anything else if it has one itself. */
  private Optional<Object> optional(Class<?> type, String key, Rules rules) {
    if (!type.isRecord() || Conversions.knows(type)) {
      return Optional.ofNullable(bindType(type, key, rules.optional()));
    }
    boolean there =
        layers.all().tailMap(key + ".").entrySet().stream()
            .takeWhile(entry -> entry.getKey().startsWith(key + "."))
            .anyMatch(entry -> !entry.getValue().value().isEmpty());
    if (there) {
      return Optional.ofNullable(bind(type, key));
    }
    new RecordBinder(layers, new ArrayList<>()).bindInto(this, type, key);
    return Optional.empty();
  }

  /** Only for the sake of the keys: what an absent record could have had. */
  private void bindInto(RecordBinder other, Class<?> type, String key) {
    bind(type, key);
    other.known.addAll(known);
    other.used.addAll(used);
    other.secrets.addAll(secrets);
  }

  private Map<String, @Nullable Object> map(Type type, String key, Rules rules) {
    known.add(key + ".*");
    Set<String> names = new LinkedHashSet<>();
    for (String candidate : layers.all().keySet()) {
      if (candidate.startsWith(key + ".")) {
        String name = firstSegment(candidate.substring(key.length() + 1));
        boolean file = name.endsWith(FILE) && SECRET.matcher(key + "." + name).find();
        names.add(file ? name.substring(0, name.length() - FILE.length()) : name);
      }
    }
    Map<String, @Nullable Object> map = new TreeMap<>();
    for (String name : names) {
      map.put(unquoted(name), bindType(type, key + "." + name, rules));
    }
    use(key);
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private List<@Nullable Object> list(Type type, String key, Rules rules) {
    List<@Nullable Object> items = new ArrayList<>();
    known.add(key);
    int count = layers.items(key);
    for (int i = 0; i < count; i++) {
      items.add(bindType(type, key + "[" + i + "]", rules));
    }
    Layers.Given given = rules.orFallback(layers.get(key));
    if (count < 0 && given == null) {
      if (!rules.nullable) {
        problems.add(key + ": has no value");
      }
    } else if (count < 0 && given != null) {
      use(key);
      for (String item : given.value().split(",", -1)) {
        if (!item.isBlank()) {
          items.add(convert(item.strip(), (Class<?>) type, key, given.origin(), rules));
        }
      }
    }
    return items;
  }

  private @Nullable Object value(Class<?> type, String key, Rules rules) {
    known.add(key);
    use(key);
    Layers.Given given = rules.orFallback(layers.get(key));
    if (given != null && given.value().isEmpty() && rules.nullable) {
      return null;
    }
    if (given == null || (given.value().isEmpty() && type != String.class)) {
      if (!rules.nullable) {
        problems.add(key + ": has no value");
      }
      return null;
    }
    return convert(given.value(), type, key, given.origin(), rules);
  }

  private @Nullable Secret secret(String key, Rules rules) {
    String file = key + FILE;
    known.add(key);
    known.add(file);
    secrets.add(key);
    use(key);
    use(file);
    Layers.Given direct = layers.get(key);
    Layers.Given path = layers.get(file);
    boolean isDirect = direct != null && !direct.value().isEmpty();
    boolean isFile = path != null && !path.value().isEmpty();
    if (isDirect && isFile) {
      problems.add(key + ": is given twice, as a value and as a file");
      return null;
    }
    if (path != null && isFile) {
      return secretFile(file, path);
    }
    if (direct != null && isDirect) {
      return new Secret(direct.value());
    }
    if (!rules.nullable) {
      problems.add(key + ": has no value; set it, or " + file);
    }
    return null;
  }

  private @Nullable Secret secretFile(String key, Layers.Given given) {
    Path path = Path.of(given.value());
    try {
      if (Files.size(path) > LONGEST_SECRET_FILE) {
        problems.add(key + ": the file " + path + " is too long for a secret");
        return null;
      }
      String content = Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
      if (content.isEmpty()) {
        problems.add(key + ": the file " + path + " is empty");
        return null;
      }
      return new Secret(content);
    } catch (IOException e) {
      problems.add(key + ": the file " + path + " cannot be read (" + given.origin() + ")");
      return null;
    }
  }

  private @Nullable Object convert(
      String text, Class<?> type, String key, String origin, Rules rules) {
    try {
      Object value = Conversions.convert(text, type);
      rules.check(value, type);
      return value;
    } catch (IllegalArgumentException e) {
      String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
      problems.add("%s: \"%s\" %s (%s)".formatted(key, shown, e.getMessage(), origin));
      return null;
    }
  }

  private void use(String key) {
    if (layers.get(key) != null) {
      used.add(key);
    }
  }

  private static String firstSegment(String key) {
    if (key.startsWith("\"")) {
      return key.substring(0, key.indexOf('"', 1) + 1);
    }
    int end = key.length();
    for (char separator : new char[] {'.', '['}) {
      int at = key.indexOf(separator);
      end = at < 0 ? end : Math.min(end, at);
    }
    return key.substring(0, end);
  }

  private static String unquoted(String name) {
    return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
  }

  static String kebab(String name) {
    var kebab = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        kebab.append('-').append(Character.toLowerCase(c));
      } else {
        kebab.append(c);
      }
    }
    return kebab.toString();
  }

  /** What a component's annotations ask of its values. */
  private static final class Rules {
    private final boolean nullable;
    private final @Nullable Range range;
    private final @Nullable Form form;
    private final @Nullable String fallback;

    Rules(RecordComponent component) {
      this(
          Arrays.stream(component.getAnnotatedType().getAnnotations())
              .anyMatch(Nullable.class::isInstance),
          component.getAnnotation(Range.class),
          component.getAnnotation(Form.class),
          component.getAnnotation(Default.class));
    }

    private Rules(
        boolean nullable, @Nullable Range range, @Nullable Form form, @Nullable Default fallback) {
      this.nullable = nullable;
      this.range = range;
      this.form = form;
      this.fallback = fallback == null ? null : fallback.value();
    }

    Rules optional() {
      return new Rules(true, range, form, null);
    }

    Layers.@Nullable Given orFallback(Layers.@Nullable Given given) {
      return given == null && fallback != null ? new Layers.Given(fallback, "the default") : given;
    }

    void check(Object value, Class<?> type) {
      if (form != null && !value.toString().matches(form.value())) {
        throw new IllegalArgumentException(form.says());
      }
      if (range != null) {
        if (compare(value, Conversions.convert(range.min(), type)) < 0) {
          throw new IllegalArgumentException("is less than " + range.min());
        }
        if (compare(value, Conversions.convert(range.max(), type)) > 0) {
          throw new IllegalArgumentException("is more than " + range.max());
        }
      } else if (value instanceof Number number && number.longValue() < 0) {
        throw new IllegalArgumentException("is negative");
      }
    }

    @SuppressWarnings("unchecked") // ranges stand at comparable types only
    private static int compare(Object a, Object b) {
      return ((Comparable<Object>) a).compareTo(b);
    }
  }
}
