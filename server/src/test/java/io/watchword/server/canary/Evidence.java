package io.watchword.server.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the program left behind, by place, and the search for marks in it. */
final class Evidence {

  /** Files that hold secrets by design, each readable by its owner only. */
  private static final Map<String, String> BY_DESIGN =
      Map.of(
          "config.toml", "the partner's own configuration, with its keys",
          "credentials.json", "keys and passwords of the demo's callers",
          "master.key", "the key that wraps all others",
          "admin.json", "the word that opens the listener for commands");

  private static final Pattern LETTER = Pattern.compile("<article>.*?</article>", Pattern.DOTALL);

  private final Map<String, byte[]> places = new LinkedHashMap<>();

  void put(String place, byte[] bytes) {
    places.put(place, bytes);
  }

  /** Takes every file below a folder as it is now, but for those that hold secrets by design. */
  void putFiles(String when, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!BY_DESIGN.containsKey(file.getFileName().toString())) {
          put(when + ": " + folder.relativize(file), Files.readAllBytes(file));
        }
      }
    }
  }

  /** A page of the demo without the letters, which it shows by design. */
  static byte[] withoutLetters(String page) {
    return LETTER.matcher(page).replaceAll("").getBytes(StandardCharsets.UTF_8);
  }

  Set<String> places() {
    return places.keySet();
  }

  /** What stands in all places whose names end so. */
  String text(String ending) {
    var text = new StringBuilder();
    places.forEach((place, bytes) -> {
      if (place.endsWith(ending)) {
        text.append(new String(bytes, StandardCharsets.UTF_8));
      }
    });
    return text.toString();
  }

  /** Every mark in every place. */
  List<String> findings(Marks marks) {
    List<String> findings = new ArrayList<>();
    places.forEach((place, bytes) -> findings.addAll(marks.in(place, bytes)));
    return findings;
  }

  /** A search that finds nothing must be seen to find: a mark, in some spelling, in each place. */
  void assertThatPlantedMarksAreFound(Marks marks) {
    List<Marks.Spelling> spellings = marks.spellings();
    var all = new ByteArrayOutputStream();
    for (Marks.Spelling spelling : spellings) {
      all.write('=');
      all.writeBytes(spelling.bytes());
    }
    String found = String.join("\n", marks.in("planted", all.toByteArray()));
    assertThat(spellings)
        .allMatch(each -> found.contains("planted: " + each.mark() + ", " + each.form() + ":"));
    int next = 0;
    for (Map.Entry<String, byte[]> place : places.entrySet()) {
      Marks.Spelling planted = spellings.get(next++ * 7 % spellings.size());
      byte[] bytes = place.getValue();
      int at = bytes.length / 2;
      var spoiled = new ByteArrayOutputStream();
      spoiled.write(bytes, 0, at);
      spoiled.write('=');
      spoiled.writeBytes(planted.bytes());
      spoiled.write('=');
      spoiled.write(bytes, at, bytes.length - at);
      assertThat(marks.in(place.getKey(), spoiled.toByteArray()))
          .as("%s, %s in %s", planted.mark(), planted.form(), place.getKey())
          .anyMatch(each -> each.contains(planted.mark() + ", "));
    }
  }
}
