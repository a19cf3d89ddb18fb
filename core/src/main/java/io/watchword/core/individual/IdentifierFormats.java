package io.watchword.core.individual;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What identifiers look like in this deployment (contract ida 2.6). Only the shape is judged:
 * whether anybody has the identifier is the {@link Directory}'s question.
 *
 * @param uinLengths the numbers of digits that a UIN may have
 * @param vidLength the number of digits of a VID
 * @param handles regular expression of the whole handle, by its postfix including the {@code @}
 */
public record IdentifierFormats(
    Set<Integer> uinLengths, int vidLength, Map<String, Pattern> handles) {

  /** Longer texts are no identifiers, so that no expression of an operator runs over them. */
  public static final int LONGEST = 128;

  public IdentifierFormats {
    uinLengths = Set.copyOf(uinLengths);
    handles = Map.copyOf(handles);
    if (uinLengths.isEmpty() || uinLengths.stream().anyMatch(n -> n < 2 || n > LONGEST)) {
      throw new IllegalArgumentException("UINs need a length of 2 to " + LONGEST + " digits");
    }
    if (vidLength < 2 || vidLength > LONGEST) {
      throw new IllegalArgumentException("VIDs need a length of 2 to " + LONGEST + " digits");
    }
    if (uinLengths.contains(vidLength)) {
      throw new IllegalArgumentException("a UIN and a VID of one length cannot be told apart");
    }
    handles
        .keySet()
        .forEach(postfix -> {
          if (!postfix.startsWith("@") || postfix.lastIndexOf('@') != 0) {
            throw new IllegalArgumentException("a handle's postfix is one @ and its name");
          }
        });
  }

  /**
   * As settings write them.
   *
   * @param handles regular expressions by postfix
   * @throws IllegalArgumentException if lengths collide or an expression cannot be read
   */
  public static IdentifierFormats of(
      Set<Integer> uinLengths, int vidLength, Map<String, String> handles) {
    Map<String, Pattern> compiled = new LinkedHashMap<>();
    handles.forEach((postfix, regex) -> compiled.put(postfix, Pattern.compile(regex)));
    return new IdentifierFormats(uinLengths, vidLength, compiled);
  }

  /** The defaults of the IDA door: ten digits, sixteen digits, Indian phone numbers as handles. */
  public static IdentifierFormats ida() {
    return of(Set.of(10), 16, Map.of("@phone", "^\\+91[1-9][0-9]{7,9}@phone$"));
  }

  /** The type of an identifier that came without one; empty: it has no valid shape. */
  public Optional<IdentifierType> typeOf(String identifier) {
    if (wellFormed(IdentifierType.UIN, identifier)) {
      return Optional.of(IdentifierType.UIN);
    }
    if (wellFormed(IdentifierType.VID, identifier)) {
      return Optional.of(IdentifierType.VID);
    }
    return handle(identifier) ? Optional.of(IdentifierType.HANDLE) : Optional.empty();
  }

  /**
   * Whether length and check digit are right. Nothing is asked of a handle whose type the caller
   * names: it need not even match its expression.
   */
  public boolean wellFormed(IdentifierType type, String identifier) {
    return switch (type) {
      case UIN -> uinLengths.contains(identifier.length()) && Verhoeff.valid(identifier);
      case VID -> identifier.length() == vidLength && Verhoeff.valid(identifier);
      case HANDLE -> true;
    };
  }

  private boolean handle(String identifier) {
    int at = identifier.lastIndexOf('@');
    if (at < 1 || identifier.length() > LONGEST) {
      return false;
    }
    Pattern whole = handles.get(identifier.substring(at));
    return whole != null && whole.matcher(identifier).matches();
  }
}
