package io.watchword.server.cli;

import io.watchword.server.admin.Answer;
import java.util.ArrayList;
import java.util.List;

/** Text in columns, each as wide as its widest entry. */
final class Columns {

  private final List<List<String>> rows = new ArrayList<>();
  private final int[] widths;

  Columns(String... headings) {
    widths = new int[headings.length];
    row(headings);
  }

  void row(String... entries) {
    rows.add(List.of(entries));
    for (int i = 0; i < entries.length; i++) {
      widths[i] = Math.max(widths[i], entries[i].length());
    }
  }

  void print(Answer answer) {
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      answer.out(line.toString().stripTrailing());
    }
  }
}
