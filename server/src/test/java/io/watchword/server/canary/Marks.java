package io.watchword.server.canary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Values that must be found nowhere, and the search for them in every usual spelling. */
final class Marks {

  /** Bytes by which a spelling is looked up; no mark is shorter. */
  private static final int PREFIX = 6;

  private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");

  private final List<Mark> marks = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Mark(String name, byte[] value) {}

  /** Adds a text of at least six characters. */
  String add(String name, String value) {
    add(name, value.getBytes(StandardCharsets.UTF_8));
    return value;
  }

  /** Adds raw bytes, such as a key. */
  void add(String name, byte[] value) {
    if (value.length < PREFIX) {
      throw new IllegalArgumentException(name + " is too short to be told from chance");
    }
    marks.add(new Mark(name, value.clone()));
  }

  /** A new text that is found nowhere else. */
  String fresh(String name) {
    return add(name, "canary." + name.replace(' ', '.') + "." + marks.size());
  }

  int size() {
    return marks.size();
  }

  /**
   * A way to write a mark.
   *
   * @param alone whether it counts only if no letter or digit stands beside it: six digits turn up
   *     by chance inside of longer numbers
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Spelling(String mark, String form, byte[] bytes, boolean alone) {}

  /** Every spelling that is looked for. */
  List<Spelling> spellings() {
    List<Spelling> spellings = new ArrayList<>();
    marks.forEach(mark -> spell(mark.name(), mark.value(), spellings));
    return spellings;
  }

  private static void spell(String name, byte[] value, List<Spelling> spellings) {
    String text = new String(value, StandardCharsets.UTF_8);
    boolean digits = text.length() < 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    spellings.add(new Spelling(name, "as it is", value, digits));
    String hex = HexFormat.of().formatHex(value);
    spellings.add(new Spelling(name, "hexadecimal", ascii(hex), false));
    spellings.add(new Spelling(name, "HEXADECIMAL", ascii(hex.toUpperCase(Locale.ROOT)), false));
    for (int shift = 0; shift < 3; shift++) {
      spellings.add(base64(name, value, shift, Base64.getEncoder()));
      spellings.add(base64(name, value, shift, Base64.getUrlEncoder()));
    }
    if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), value)) {
      percent(name, text, spellings);
      spellings.add(
          new Spelling(name, "UTF-16 BE", text.getBytes(StandardCharsets.UTF_16BE), false));
      spellings.add(
          new Spelling(name, "UTF-16 LE", text.getBytes(StandardCharsets.UTF_16LE), false));
      if (text.chars().anyMatch(c -> c > 126)) {
        var escaped = new StringBuilder();
        text.chars()
            .forEach(
                c -> escaped.append(c > 126 ? "\\u%04x".formatted(c) : String.valueOf((char) c)));
        spellings.add(new Spelling(name, "JSON escapes", ascii(escaped.toString()), false));
      }
    }
  }

  private static void percent(String name, String text, List<Spelling> spellings) {
    String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
    if (form.equals(text)) {
      return;
    }
    spellings.add(new Spelling(name, "form-encoded", ascii(form), false));
    String percent = form.replace("+", "%20");
    spellings.add(new Spelling(name, "percent-encoded", ascii(percent), false));
    String lower = PERCENT.matcher(percent).replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT));
    spellings.add(new Spelling(name, "%-encoded", ascii(lower), false));
  }

  /**
   * The characters that stand for the value alone wherever it begins inside of a longer text that
   * was encoded as a whole.
   */
  private static Spelling base64(String name, byte[] value, int shift, Base64.Encoder encoder) {
    byte[] shifted = new byte[shift + value.length];
    System.arraycopy(value, 0, shifted, shift, value.length);
    String text = encoder.withoutPadding().encodeToString(shifted);
    int first = (shift * 8 + 5) / 6;
    int last = shifted.length * 8 / 6;
    return new Spelling(name, "base64 at " + shift, ascii(text.substring(first, last)), false);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The marks in the bytes of a place, each with its spelling and what stands around it. */
  List<String> in(String place, byte[] bytes) {
    Map<Long, List<Spelling>> byPrefix = new HashMap<>();
    for (Spelling spelling : spellings()) {
      byPrefix.computeIfAbsent(prefix(spelling.bytes(), 0), _ -> new ArrayList<>()).add(spelling);
    }
    var found = new TreeSet<String>();
    long window = 0;
    for (int i = 0; i < bytes.length; i++) {
      window = (window << 8 | (bytes[i] & 0xff)) & 0xffff_ffff_ffffL;
      List<Spelling> candidates = i < PREFIX - 1 ? null : byPrefix.get(window);
      if (candidates != null) {
        for (Spelling spelling : candidates) {
          if (stands(spelling, bytes, i - PREFIX + 1)) {
            found.add(
                "%s: %s, %s: …%s…"
                    .formatted(
                        place,
                        spelling.mark(),
                        spelling.form(),
                        around(bytes, i - PREFIX + 1, spelling.bytes().length)));
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static long prefix(byte[] bytes, int at) {
    long prefix = 0;
    for (int i = 0; i < PREFIX; i++) {
      prefix = prefix << 8 | (bytes[at + i] & 0xff);
    }
    return prefix;
  }

  private static boolean stands(Spelling spelling, byte[] bytes, int at) {
    byte[] wanted = spelling.bytes();
    if (at + wanted.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return !spelling.alone() || (!isWord(bytes, at - 1) && !isWord(bytes, at + wanted.length));
  }

  private static boolean isWord(byte[] bytes, int at) {
    return at >= 0 && at < bytes.length && Character.isLetterOrDigit(bytes[at] & 0x7f);
  }

  private static String around(byte[] bytes, int at, int length) {
    int from = Math.max(0, at - 80);
    int to = Math.min(bytes.length, at + Math.min(length, 60) + 20);
    return new String(bytes, from, to - from, StandardCharsets.UTF_8)
        .replaceAll("[\\p{Cntrl}\ufffd]+", "·");
  }
}
