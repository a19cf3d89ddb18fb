package io.watchword.core.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with variables, written {@code $x}, {@code ${x}} or {@code $!x}; names are ASCII letters,
 * digits and underscores and start with a letter. Nothing else is special: no conditions, no loops,
 * no escapes. A dollar sign that starts no variable is a dollar sign.
 *
 * <p>Values are inserted as they are and never looked at again, so a value cannot smuggle in
 * another variable.
 *
 * @param pieces in their order
 */
public record TextTemplate(List<Piece> pieces) {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$(!?)([A-Za-z][A-Za-z0-9_]*)|\\$\\{([A-Za-z][A-Za-z0-9_]*)}");

  public TextTemplate {
    pieces = List.copyOf(pieces);
  }

  /**
   * Either literal text, or a variable.
   *
   * @param written as it stands in the template
   * @param name of the variable; {@code null} for literal text
   * @param quiet whether a variable without value vanishes
   */
  public record Piece(String written, @Nullable String name, boolean quiet) {}

  /** Reads a template. There is no malformed template: what is not a variable is text. */
  public static TextTemplate of(String source) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(source);
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() > end) {
        pieces.add(new Piece(source.substring(end, matcher.start()), null, false));
      }
      String plain = matcher.group(2);
      String name = plain != null ? plain : matcher.group(3);
      pieces.add(new Piece(matcher.group(), name, "!".equals(matcher.group(1))));
      end = matcher.end();
    }
    if (end < source.length()) {
      pieces.add(new Piece(source.substring(end), null, false));
    }
    return new TextTemplate(pieces);
  }

  /** The names of the variables, in the order in which they first appear. */
  public Set<String> variables() {
    Set<String> names = new LinkedHashSet<>();
    for (Piece piece : pieces) {
      if (piece.name() != null) {
        names.add(piece.name());
      }
    }
    return Collections.unmodifiableSet(names);
  }

  /**
   * The text with values in it. A variable without value stays visible as it was written, or
   * vanishes if it was written {@code $!x}.
   *
   * @param values gives the value of a name, or {@code null}
   */
  public String fill(Function<String, @Nullable String> values) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      String value = piece.name() == null ? piece.written() : values.apply(piece.name());
      if (value != null) {
        text.append(value);
      } else if (!piece.quiet()) {
        text.append(piece.written());
      }
    }
    return text.toString();
  }
}
