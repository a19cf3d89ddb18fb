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
              far:

                away: 4
            # Not this one.

            other:
              list: []
            """);
    assertThat(guide.text("group")).contains("About the group.");
    assertThat(guide.text("group.first")).contains("Both\nof them.");
    assertThat(guide.text("group.second")).contains("Both\nof them.");
    assertThat(guide.text("group.alone")).contains("About the group.");
    assertThat(guide.text("group.far.away")).contains("About the group.");
    assertThat(guide.text("group.first-file")).contains("Both\nof them.");
    assertThat(guide.text("group.first[10]")).contains("Both\nof them.");
    assertThat(guide.text("group.no-such-key")).isEmpty();
    assertThat(guide.text("other")).isEmpty();
    assertThat(guide.within("group"))
        .isEqualTo(
            List.of(
                "group",
                "group.first",
                "group.second",
                "group.alone",
                "group.far",
                "group.far.away"));
    assertThat(guide.near("group.frist")).contains("group.first");
  }

  @Test
  void everySettingOfTheProgramHasASentence() {
    SettingsGuide guide = SettingsGuide.packaged();
    SortedSet<String> keys = SettingsReader.knownKeys();
    keys.removeIf(key -> key.contains("*") || key.startsWith("attributes.mapping."));
    List<String> without = keys.stream().filter(key -> guide.text(key).isEmpty()).toList();
    assertThat(without).isEmpty();
  }
}
