package io.watchword.server.settings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the packaged {@code config/watchword.yaml} says of each key: the comment above it, or above
 * the key before it if the two share one, else of the group it is in.
 */
public final class SettingsGuide {

  private static final Pattern KEY = Pattern.compile("( *)[\"']?([A-Za-z0-9@-]+)[\"']?:.*");

  /** An item of a list, or the file of a secret: the sentence is that of the list or secret. */
  private static final Pattern VARIANT = Pattern.compile("(\\[[0-9]+]|-file)$");

  private final Map<String, String> texts = new LinkedHashMap<>();

  private record Open(int indent, String key) {}

  private SettingsGuide() {}

  /** That of the program. */
  public static SettingsGuide packaged() {
    return of(SettingsReader.defaultsText());
  }

  static SettingsGuide of(String yaml) {
    var guide = new SettingsGuide();
    Deque<Open> open = new ArrayDeque<>();
    List<String> comment = new ArrayList<>();
    String shared = "";
    int sharedIndent = -1;
    for (String line : yaml.lines().toList()) {
      Matcher key = KEY.matcher(line);
      String text = line.strip();
      if (text.startsWith("#")) {
        comment.add(text.substring(1).strip());
      } else if (key.matches()) {
        int indent = key.group(1).length();
        while (!open.isEmpty() && open.peekLast().indent() >= indent) {
          open.removeLast();
        }
        open.addLast(new Open(indent, key.group(2)));
        String own = String.join("\n", comment).strip();
        if (own.isEmpty() && indent == sharedIndent) {
          own = shared;
        }
        guide.texts.put(String.join(".", open.stream().map(Open::key).toList()), own);
        shared = own;
        sharedIndent = indent;
        comment.clear();
      } else {
        comment.clear();
        sharedIndent = -1;
      }
    }
    return guide;
  }

  /** The text about a key or a group of keys, maybe of several lines; empty: there is none. */
  public Optional<String> text(String key) {
    String known = texts.containsKey(key) ? key : VARIANT.matcher(key).replaceFirst("");
    String text = texts.getOrDefault(known, "");
    int dot = known.lastIndexOf('.');
    if (text.isEmpty() && dot > 0 && texts.containsKey(known)) {
      return text(known.substring(0, dot));
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** The keys that begin with a group's name, in the order of the file. */
  public List<String> within(String group) {
    return texts.keySet().stream()
        .filter(key -> key.equals(group) || key.startsWith(group + "."))
        .toList();
  }

  /** The key that is written most like another text. */
  public Optional<String> near(String text) {
    return Suggestion.near(text, texts.keySet());
  }
}
