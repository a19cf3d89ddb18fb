package io.watchword.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

class SettingsGuideTest {

  @Test
  void commentsBelongToTheKeyBelowThemAndToThoseThatFollowWithoutOne() {
    SettingsGuide guide =
        SettingsGuide.of(
            """
            # About the group.
            group:
              # Both
              # of them.
              first: 1
              second: 2

              alone: 3
            # Not this one.

            other:
              list: []
            """);
    assertThat(guide.text("group")).contains("About the group.");
    assertThat(guide.text("group.first")).contains("Both\nof them.");
    assertThat(guide.text("group.second")).contains("Both\nof them.");
    assertThat(guide.text("group.alone")).isEmpty();
    assertThat(guide.text("other")).isEmpty();
    assertThat(guide.within("group"))
        .isEqualTo(List.of("group", "group.first", "group.second", "group.alone"));
    assertThat(guide.near("group.frist")).contains("group.first");
  }

  @Test
  void everySettingOfTheProgramHasASentence() {
    SettingsGuide guide = SettingsGuide.packaged();
    SortedSet<String> keys = SettingsReader.knownKeys();
    keys.removeIf(key -> key.contains("*") || key.startsWith("attributes.mapping."));
    List<String> without =
        keys.stream()
            .filter(key -> guide.text(key).isEmpty())
            .filter(
                key -> guide.text(key.substring(0, Math.max(0, key.lastIndexOf('.')))).isEmpty())
            .toList();
    assertThat(without).isEmpty();
  }
}
