package io.watchword.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCredentialsTest {

  private static final DemoUser JAMES =
      new DemoUser(
          "fictitious",
          "2047631038",
          null,
          null,
          null,
          "James",
          "1992/04/29",
          null,
          null,
          null,
          null,
          null,
          null,
          null);

  @TempDir Path data;

  @Test
  void aFileThatIsNoJsonObjectIsLeftAlone() throws IOException {
    for (String content : List.of("", "[]", "{\"tsp\":")) {
      Files.writeString(file(), content);
      assertThatThrownBy(() -> new DemoCredentials(data).write(List.of(JAMES)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("remove it");
      assertThat(file()).hasContent(content);
    }
  }

  @Test
  void theFileIsPrivateAndLeavesOutWhatDoesNotApply() throws IOException {
    new DemoCredentials(data).write(List.of(JAMES));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file()).replaceAll("\\s", ""))
        .isEqualTo(
            "{\"demoUsers\":[{\"kind\":\"fictitious\",\"uin\":\"2047631038\",\"name\":\"James\","
                + "\"dob\":\"1992/04/29\"}]}");
  }

  @Test
  void otherMembersStayAndAnUnchangedFileIsNotTouched() throws IOException {
    Files.writeString(file(), "{\"tsp\":{\"licenseKey\":\"kept\"},\"demoUsers\":[]}");
    new DemoCredentials(data).write(List.of(JAMES));
    assertThat(Files.readString(file())).contains("\"kept\"", "2047631038");
    FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file(), longAgo);
    new DemoCredentials(data).write(List.of(JAMES));
    assertThat(Files.getLastModifiedTime(file())).isEqualTo(longAgo);
  }

  private Path file() {
    return data.resolve("credentials.json");
  }
}
