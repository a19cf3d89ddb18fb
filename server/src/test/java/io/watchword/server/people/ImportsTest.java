package io.watchword.server.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Directory.Found;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Portrait;
import io.watchword.core.individual.Standing;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import io.watchword.server.keys.MemoryStore;
import io.watchword.server.people.Imports.Summary;
import io.watchword.testkit.keys.TestKeyring;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String UIN = "2047631038";
  private static final String OTHER_UIN = "3974189657";
  private static final String VID = "4370296312658178";
  private static final String HANDLE = "+919876543210@phone";
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

  private final List<String> refusals = new ArrayList<>();
  private final MemoryStore store = new MemoryStore();
  private final TestKeyring keyring = new TestKeyring();
  private final Directory directory = new Directory(store, keyring);
  private final AuditTrail audit = AuditTrail.open(store, keyring, "chain", NOW);

  @TempDir Path faces;

  private Imports imports(Store into, boolean fictitious) {
    return new Imports(
        into,
        new Directory(into, keyring),
        audit,
        new Imports.Taken(IdentifierFormats.ida(), true, fictitious),
        new SecureRandom(),
        () -> NOW);
  }

  private Summary run(String... lines) throws IOException {
    return run(imports(store, false), faces, lines);
  }

  private Summary run(Imports imports, Path faces, String... lines) throws IOException {
    return imports.run(
        "op",
        new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)),
        faces,
        (line, reason) -> refusals.add(line + ": " + reason));
  }

  private static String person(String uin, String... members) {
    return "{\"uin\":\""
        + uin
        + "\""
        + (members.length == 0 ? "" : "," + String.join(",", members))
        + "}";
  }

  private Found found(IdentifierType type, String value) {
    return directory.find(new Identifier(type, value)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"uin\":\"2047631037\"}",
        "{\"uin\":\"4370296312658178\"}",
        "{\"uin\":\"2047631038\",\"vids\":[{\"vid\":\"4370296312658179\",\"type\":\"perpetual\"}]}",
        "{\"uin\":\"2047631038\",\"vids\":[{\"vid\":\"4370296312658178\"}]}",
        "{\"uin\":\"2047631038\",\"vids\":[{\"vid\":\"4370296312658178\",\"type\":\"weekly\"}]}",
        "{\"uin\":\"2047631038\",\"vids\":[{\"vid\":\"4370296312658178\",\"type\":\"temporary\"}]}",
        "{\"uin\":\"2047631038\",\"vids\":[{\"vid\":\"4370296312658178\",\"type\":\"perpetual\","
            + "\"expires\":\"2027-01-01T00:00:00Z\"}]}",
        "{\"uin\":\"2047631038\",\"vids\":[{\"vid\":\"4370296312658178\",\"type\":\"one-use\","
            + "\"expires\":\"+30d\"}]}",
        "{\"uin\":\"2047631038\",\"vids\":[null]}",
        "{\"uin\":\"2047631038\",\"vids\":[{\"vid\":\"4370296312658178\",\"type\":\"one-use\"},"
            + "{\"vid\":\"4370296312658178\",\"type\":\"one-use\"}]}",
        "{\"uin\":\"2047631038\",\"handles\":[\"jo@mail\"]}",
        "{\"uin\":\"2047631038\",\"handles\":[null]}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"full name\":\"x\"}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"a\":1}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"a\":null}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"a\":\" \"}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"a\":{}}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"a\":{\"en\":\"x\"}}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"a\":{\"eng\":[\"x\"]}}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"a\":\"x\\ny\"}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"a\":\"\\ud83d\"}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"dateOfBirth\":\"1992-04-29\"}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"dateOfBirth\":{\"eng\":\"1992/04/29\"}}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"email\":\"nobody\"}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"email\":\"a@b.c, d@e.f\"}}",
        "{\"uin\":\"2047631038\",\"attributes\":{\"phone\":\"call me\"}}",
        "{\"uin\":\"2047631038\",\"preferredLanguage\":\"en\"}",
        "{\"uin\":\"2047631038\",\"face\":\"%%%\"}",
        "{\"uin\":\"2047631038\",\"face\":\"R0lGODlhAQABAAAAACw=\"}",
        "{\"uin\":\"2047631038\",\"face\":\"missing.png\"}",
        "{\"uin\":\"2047631038\",\"locks\":[\"bio\"]}",
        "{\"uin\":\"2047631038\",\"locks\":[null]}",
        "{\"uin\":\"2047631038\",\"fictitiousCode\":\"111111\"}"
      })
  void aBadLineIsRefusedWithItsNumberAndStoresNothing(String line) throws IOException {
    assertThat(run("", line)).isEqualTo(new Summary(0, 0, 0, 1));
    assertThat(refusals).singleElement().asString().startsWith("2: ");
    assertThat(store.scan(IdentifierRow.TABLE, "", 10)).isEmpty();
  }

  @Test
  void noReasonQuotesTheLine() throws IOException {
    run(
        person("2047631037"),
        person(UIN, "\"attributes\":{\"phone\":\"SECRETPHONE\"}"),
        person(UIN, "\"handles\":[\"SECRETHANDLE\"]"),
        person(UIN, "\"face\":\"SECRETFACE.png\""),
        "{\"SECRETMEMBER\":1}");
    assertThat(refusals).hasSize(5).noneMatch(r -> r.contains("SECRET") || r.contains("204763"));
  }

  @Test
  void goodLinesBesideBadOnesAreKept() throws IOException {
    assertThat(run("nonsense", person(UIN), "{}", person(OTHER_UIN)))
        .isEqualTo(new Summary(2, 0, 0, 2));
    assertThat(refusals).extracting(r -> r.charAt(0)).containsExactly('1', '3');
    assertThat(found(IdentifierType.UIN, OTHER_UIN).individual().uin()).isEqualTo(OTHER_UIN);
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndTheNextOneRead() throws IOException {
    String huge = person(UIN, "\"face\":\"" + "A".repeat(Imports.LONGEST_LINE) + "\"");
    assertThat(run(huge, person(OTHER_UIN))).isEqualTo(new Summary(1, 0, 0, 1));
    assertThat(refusals).containsExactly("1: longer than 1 MiB");
  }

  @Test
  void anIdentifierOfAnotherPersonIsRefused() throws IOException {
    String vid = "\"vids\":[{\"vid\":\"" + VID + "\",\"type\":\"perpetual\"}]";
    assertThat(run(person(UIN, vid))).isEqualTo(new Summary(1, 0, 0, 0));
    assertThat(run(person(OTHER_UIN, vid))).isEqualTo(new Summary(0, 0, 0, 1));
    assertThat(refusals).containsExactly("1: a VID belongs to another person");
    assertThat(directory.find(new Identifier(IdentifierType.UIN, OTHER_UIN))).isEmpty();
  }

  @Test
  void aFaceOutsideTheFolderIsRefusedEvenThroughALink() throws IOException {
    Path folder = Files.createDirectory(faces.resolve("in"));
    Files.write(faces.resolve("out.png"), PNG);
    Files.createSymbolicLink(folder.resolve("link.png"), faces.resolve("out.png"));
    for (String name : List.of("../out.png", faces.resolve("out.png").toString(), "link.png")) {
      run(imports(store, false), folder, person(UIN, "\"face\":\"" + name + "\""));
    }
    assertThat(refusals).hasSize(3).allMatch(r -> r.contains("outside the folder"));
  }

  @Test
  void anImportWithoutFolderReadsNoFile() throws IOException {
    Files.write(faces.resolve("in.png"), PNG);
    run(imports(store, false), null, person(UIN, "\"face\":\"in.png\""));
    assertThat(refusals).singleElement().asString().contains("no folder");
  }

  @Test
  void aFaceOverTheLimitIsRefused() throws IOException {
    byte[] large = new byte[Faces.LARGEST + 1];
    System.arraycopy(PNG, 0, large, 0, PNG.length);
    Files.write(faces.resolve("large.png"), large);
    run(person(UIN, "\"face\":\"large.png\""));
    run(person(UIN, "\"face\":\"" + Base64.getEncoder().encodeToString(large) + "\""));
    assertThat(refusals).hasSize(2).allMatch(r -> r.contains("512 KiB"));
  }

  @Test
  void everythingInALineIsOnFileAfterwards() throws IOException {
    Files.write(faces.resolve("in.png"), PNG);
    String line =
        person(
            UIN,
            "\"vids\":[{\"vid\":\""
                + VID
                + "\",\"type\":\"one-use\","
                + "\"expires\":\"2027-01-01T00:00:00Z\"}]",
            "\"handles\":[\"" + HANDLE + "\"]",
            "\"attributes\":{\"fullName\":{\"eng\":\"James\",\"ara\":\"جيمس\"},"
                + "\"dateOfBirth\":\"1992/04/29\",\"phone\":\"8763740607\","
                + "\"email\":\"james@test.io\"}",
            "\"preferredLanguage\":\"ara\"",
            "\"face\":\"in.png\"",
            "\"locks\":[\"otp-phone\"]",
            "\"deactivated\":true",
            "\"fictitiousCode\":\"111111\"");
    assertThat(run(imports(store, true), faces, line)).isEqualTo(new Summary(1, 0, 0, 0));
    Found found = found(IdentifierType.VID, VID);
    assertThat(found.identifier().usesLeft()).isEqualTo(1);
    assertThat(found.identifier().expiresAt()).isEqualTo("2027-01-01T00:00:00Z");
    assertThat(found(IdentifierType.HANDLE, HANDLE).person()).isEqualTo(found.person());
    assertThat(found(IdentifierType.UIN, UIN).person()).isEqualTo(found.person());
    assertThat(found.person()).matches("[0-9a-f]{32}");
    assertThat(found.individual().token()).matches("[0-9]{36}");
    assertThat(found.individual().fixedCode()).isEqualTo("111111");
    assertThat(found.individual().plain("preferredLang")).contains("ara");
    assertThat(found.individual().nameLanguages()).containsExactly("eng", "ara");
    assertThat(found.individual().attributes().get("phone"))
        .isEqualTo(new Attribute.Plain("8763740607"));
    Standing standing = store.read(Standing.key(found.person()));
    assertThat(standing.deactivated(NOW)).isTrue();
    assertThat(standing.locked("otp-phone", NOW)).isTrue();
    assertThat(directory.portrait(found.person()).map(Portrait::image)).contains(PNG);
  }

  @Test
  void importingAgainKeepsIdAndTokenAndReplacesAttributes() throws IOException {
    run(person(UIN, "\"attributes\":{\"a\":\"1\",\"b\":\"2\"}"));
    Found before = found(IdentifierType.UIN, UIN);
    assertThat(run(person(UIN, "\"attributes\":{\"a\":\"3\"}"))).isEqualTo(new Summary(0, 1, 0, 0));
    Found after = found(IdentifierType.UIN, UIN);
    assertThat(after.person()).isEqualTo(before.person());
    assertThat(after.individual().token()).isEqualTo(before.individual().token());
    assertThat(after.individual().attributes()).containsOnlyKeys("a");
    assertThat(run(person(UIN, "\"attributes\":{\"a\":\"3\"}"))).isEqualTo(new Summary(0, 0, 1, 0));
  }

  @Test
  void twoLinesAboutOnePersonKeepTheirOrder() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add(person(UIN, "\"attributes\":{\"a\":\"" + i + "\"}"));
    }
    assertThat(run(lines.toArray(String[]::new))).isEqualTo(new Summary(1, 199, 0, 0));
    assertThat(found(IdentifierType.UIN, UIN).individual().plain("a")).contains("199");
  }

  @Test
  void manyPeopleGetManyIdsAndTokensAndProgressIsTold() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String digits = Integer.toString(100_000_000 + i);
      lines.add(person(digits + IdentifierFormats.checkDigit(digits)));
    }
    List<Long> progress = new ArrayList<>();
    Summary summary =
        imports(store, false)
            .run(
                "op",
                new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)),
                null,
                new Imports.Observer() {
                  @Override
                  public void refused(long line, String reason) {
                    refusals.add(reason);
                  }

                  @Override
                  public void progress(long done) {
                    progress.add(done);
                  }
                });
    assertThat(summary).isEqualTo(new Summary(1_000, 0, 0, 0));
    assertThat(progress).isSorted().endsWith(1_000L);
    Set<String> ids = new HashSet<>();
    for (Store.Entry<IdentifierRow> entry : store.scan(IdentifierRow.TABLE, "", 10_000)) {
      ids.add(entry.row().person());
    }
    assertThat(ids).hasSize(1_000);
  }

  @Test
  void aStoreThatIsBusyForAWhileIsTriedAgainAndOneThatIsClosedIsNot() throws IOException {
    var failures = new AtomicInteger(3);
    Store busy = new Failing(store, failures, StoreUnavailable.Reason.BUSY);
    assertThat(run(imports(busy, false), faces, person(UIN))).isEqualTo(new Summary(1, 0, 0, 0));
    failures.set(1);
    Store closed = new Failing(store, failures, StoreUnavailable.Reason.CLOSED);
    assertThatThrownBy(() -> run(imports(closed, false), faces, person(OTHER_UIN)))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void onePersonCanBeImportedByItself() {
    Imports imports = imports(store, false);
    PersonLine line =
        new PersonLine(UIN, null, null, null, null, null, null, null, null, null, null);
    assertThat(imports.one("op", line)).isNull();
    assertThat(
            imports.one(
                "op",
                new PersonLine("1", null, null, null, null, null, null, null, null, null, null)))
        .contains("uin");
  }

  /** Fails the first commits, then passes on. */
  private record Failing(Store store, AtomicInteger failures, StoreUnavailable.Reason reason)
      implements Store {

    @Override
    public <R> R commit(Unit<R> unit) {
      if (failures.getAndDecrement() > 0) {
        throw new StoreUnavailable(reason, "test", null);
      }
      return store.commit(unit);
    }

    @Override
    public <V> V read(Key<V> key) {
      return store.read(key);
    }

    @Override
    public <V> List<Entry<V>> scan(Table<V> table, String after, int limit) {
      return store.scan(table, after, limit);
    }

    @Override
    public int sweep(Table<?> table, Instant before, int limit) {
      return store.sweep(table, before, limit);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
