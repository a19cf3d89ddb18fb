package io.watchword.server.people;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.CoreTables;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Directory.Found;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Portrait;
import io.watchword.core.unit.Store;
import io.watchword.store.sqlite.SqliteSettings;
import io.watchword.store.sqlite.SqliteStore;
import io.watchword.testkit.keys.TestKeyring;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsIntoSqliteTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PEOPLE = 500;
  private static final byte[] FACE =
      ("\u0089PNG\r\n\u001a\n" + "FACEMARK".repeat(20)).getBytes(StandardCharsets.ISO_8859_1);

  private final TestKeyring keyring = new TestKeyring();
  private int starts;

  @TempDir Path folder;

  private SqliteStore open() {
    return new SqliteStore(SqliteSettings.in(folder), CoreTables.ALL, keyring.sealer());
  }

  private Imports.Summary load(Store store, Directory directory) throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < PEOPLE; i++) {
      lines.append(line(i)).append('\n');
    }
    return new Imports(
            store,
            directory,
            AuditTrail.open(store, keyring, "chain" + ++starts, NOW),
            new Imports.Taken(IdentifierFormats.ida(), true, false),
            new SecureRandom(),
            () -> NOW)
        .run(
            "op",
            new ByteArrayInputStream(lines.toString().getBytes(UTF_8)),
            null,
            (line, why) -> {});
  }

  private static String uin(int i) {
    String digits = Integer.toString(512_345_000 + i);
    return digits + IdentifierFormats.checkDigit(digits);
  }

  private static String vid(int i) {
    String digits = Long.toString(612_345_678_900_000L + i);
    return digits + IdentifierFormats.checkDigit(digits);
  }

  private static String phone(int i) {
    return Integer.toString(1_876_000_000 + i);
  }

  private static String line(int i) {
    return """
    {"uin":"%s","vids":[{"vid":"%s","type":"perpetual"}],"handles":["+91%s@phone"],\
    "attributes":{"fullName":{"eng":"Namemark %d","ara":"علامة %d"},"phone":"%s",\
    "email":"mailmark%d@test.io","dateOfBirth":"1991/02/03"},"face":"%s"}\
    """
        .formatted(
            uin(i),
            vid(i),
            phone(i).replaceFirst("1", "9"),
            i,
            i,
            phone(i),
            i,
            Base64.getEncoder().encodeToString(FACE));
  }

  @Test
  void nothingOfAPersonStandsInClearInAnyFile() throws IOException {
    try (SqliteStore store = open()) {
      Directory directory = new Directory(store, keyring);
      assertThat(load(store, directory)).isEqualTo(new Imports.Summary(PEOPLE, 0, 0, 0));
      // While the store is open the newest rows are in the write-ahead log.
      assertNothingInClear();
    }
    assertNothingInClear();
  }

  private void assertNothingInClear() throws IOException {
    List<String> marks =
        List.of(
            uin(7),
            vid(7),
            phone(7),
            phone(7).substring(1),
            "Namemark",
            "علامة",
            "mailmark",
            "1991/02/03",
            "FACEMARK");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (String mark : marks) {
          for (byte[] bytes : List.of(mark.getBytes(UTF_8), mark.getBytes(UTF_16LE))) {
            assertThat(content.contains(new String(bytes, StandardCharsets.ISO_8859_1)))
                .as("%s in %s", mark, file.getFileName())
                .isFalse();
          }
        }
      }
    }
  }

  @Test
  void whoWasImportedIsThereAfterARestartAndKeepsIdAndToken() throws IOException {
    Found before;
    try (SqliteStore store = open()) {
      Directory directory = new Directory(store, keyring);
      load(store, directory);
      before = directory.find(new Identifier(IdentifierType.VID, vid(3))).orElseThrow();
    }
    try (SqliteStore store = open()) {
      Directory directory = new Directory(store, keyring);
      Found after = directory.find(new Identifier(IdentifierType.UIN, uin(3))).orElseThrow();
      assertThat(after.person()).isEqualTo(before.person());
      assertThat(after.individual()).isEqualTo(before.individual());
      assertThat(after.individual().nameLanguages()).containsExactly("eng", "ara");
      assertThat(directory.portrait(after.person()).map(Portrait::image)).contains(FACE);
      assertThat(load(store, directory)).isEqualTo(new Imports.Summary(0, 0, PEOPLE, 0));
      assertThat(directory.find(new Identifier(IdentifierType.UIN, uin(3))))
          .hasValueSatisfying(
              f -> assertThat(f.individual().token()).isEqualTo(before.individual().token()));
    }
  }
}
