package io.watchword.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.individual.Attribute.Localized;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Directory.Found;
import io.watchword.core.individual.HotListed;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Portrait;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StorePin;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import io.watchword.matching.secret.Argon2Hash;
import io.watchword.server.keys.MemoryStore;
import io.watchword.server.people.Imports;
import io.watchword.testkit.keys.TestKeyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DemoPeopleTest {

  private static final Path PEOPLE = Path.of("..", "config", "demo", "people.jsonl");

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final MemoryStore store = new MemoryStore();
  private final TestKeyring keyring = new TestKeyring();
  private final Directory directory = new Directory(store, keyring);
  private final AuditTrail audit = AuditTrail.open(store, keyring, "chain", now);
  private final DemoPeople people = demo(true);

  @TempDir Path folder;

  private DemoPeople demo(boolean fictitious) {
    Imports imports =
        new Imports(
            store,
            directory,
            audit,
            new Imports.Taken(
                new IdentifierFormats(Set.of(10, 12), 16, IdentifierFormats.ida().handles()),
                true,
                fictitious),
            new SecureRandom(),
            () -> now);
    var pins =
        new StorePin(
            store,
            keyring,
            audit,
            new Ambient(() -> now, new SecureRandom()),
            directory,
            new Argon2Hash(
                new Argon2Hash.Costs(64, 1, 1), Argon2Hash.Room.ofCores(2), new SecureRandom()),
            0);
    return new DemoPeople(imports, store, directory, keyring, pins, () -> now);
  }

  private DemoUser loaded(String kind) throws IOException {
    people.load(PEOPLE);
    return people.users().stream().filter(u -> u.kind().equals(kind)).findFirst().orElseThrow();
  }

  private Found found(DemoUser user) {
    return directory.find(new Identifier(IdentifierType.UIN, user.uin())).orElseThrow();
  }

  private IdentifierRow vid(String vid) {
    return directory.find(new Identifier(IdentifierType.VID, vid)).orElseThrow().identifier();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{}",
        "{\"kind\":\"plain\"}",
        "{\"kind\":\"plain\",\"person\":{}}",
        "{\"kind\":\"plain\",\"person\":{\"uin\":\"2047631037\"}}",
        "{\"kind\":\"plain\",\"person\":{\"uin\":\"2047631038\",\"vids\":"
            + "[{\"vid\":\"4370296312658178\",\"type\":\"temporary\",\"expires\":\"soon\"}]}}",
        "{\"kind\":\"plain\",\"colour\":\"red\",\"person\":{\"uin\":\"2047631038\"}}"
      })
  void aWrongLineStopsTheDemoAndSaysWhich(String line) throws IOException {
    Path file = folder.resolve("people.jsonl");
    Files.writeString(file, "\n" + line + "\n");
    assertThatThrownBy(() -> people.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("people.jsonl:2: ");
  }

  @Test
  void fictitiousPeopleAreRefusedWhereTheImportDoesNotTakeThem() {
    assertThatThrownBy(() -> demo(false).load(PEOPLE)).hasMessageContaining("demo profile only");
  }

  @Test
  void everyKindIsThereAndTenPlainPeopleHaveMailAndPhoneAndNoFixedCode() throws IOException {
    people.load(PEOPLE);
    List<DemoUser> plain = people.users().stream().filter(u -> u.kind().equals("plain")).toList();
    assertThat(plain).hasSizeGreaterThanOrEqualTo(10);
    for (DemoUser user : plain) {
      assertThat(user.uin()).hasSize(10);
      assertThat(user.email()).endsWith("@demo.example");
      assertThat(user.phone()).matches("9[0-9]{9}");
      assertThat(found(user).individual().fixedCode()).isNull();
    }
    assertThat(people.users().stream().map(DemoUser::kind).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "fictitious",
            "plain",
            "no-phone",
            "no-mail",
            "no-contact",
            "child",
            "deactivated",
            "vid-perpetual",
            "vid-temporary",
            "vid-expired",
            "vid-one-use",
            "handle",
            "locked-otp",
            "locked-otp-phone",
            "locked-demo",
            "hot-listed",
            "rtl",
            "accented",
            "titled",
            "identity-v1");
  }

  @Test
  void nobodySharesAnAddressOrAnIdentifier() throws IOException {
    people.load(PEOPLE);
    for (var member :
        List.<java.util.function.Function<DemoUser, String>>of(
            DemoUser::uin, DemoUser::email, DemoUser::phone, DemoUser::vid, DemoUser::name)) {
      List<String> values =
          people.users().stream().map(member).filter(java.util.Objects::nonNull).toList();
      assertThat(values).doesNotHaveDuplicates();
    }
  }

  @Test
  void jamesIsAsTheContractsSamplesWantHim() throws IOException {
    DemoUser james = loaded("fictitious");
    assertThat(james.uin()).isEqualTo("2047631038");
    assertThat(james.name()).isEqualTo("James Rodrigious");
    assertThat(james.dob()).isEqualTo("1992/04/29");
    assertThat(james.phone()).isEqualTo("8763740607");
    assertThat(james.email()).isEqualTo("james@test.io");
    Individual individual = found(james).individual();
    assertThat(individual.fixedCode()).isEqualTo("111111");
    assertThat(individual.nameLanguages()).containsExactlyInAnyOrder("eng", "ara", "fra");
  }

  @Test
  void everybodyHasTheAttributesOfThePolicyInThreeLanguagesAndAPicture() throws IOException {
    people.load(PEOPLE);
    Set<String> pictures = new HashSet<>();
    for (DemoUser user : people.users()) {
      Individual individual = found(user).individual();
      for (String name : List.of("fullName", "gender", "addressLine1", "city")) {
        assertThat(individual.attributes().get(name))
            .as(user.kind() + " " + name)
            .isInstanceOfSatisfying(
                Localized.class, l -> assertThat(l.values()).containsKeys("eng", "ara", "fra"));
      }
      assertThat(individual.plain("dateOfBirth")).isPresent();
      Portrait portrait = directory.portrait(found(user).person()).orElseThrow();
      assertThat(portrait.image()).hasSizeLessThan(8 * 1024);
      pictures.add(java.util.Base64.getEncoder().encodeToString(portrait.image()));
    }
    assertThat(pictures).hasSize(people.users().size());
  }

  @ParameterizedTest
  @CsvSource({"no-phone,phone", "no-mail,email", "no-contact,phone", "no-contact,email"})
  void whoHasNoAddressHasNone(String kind, String attribute) throws IOException {
    assertThat(found(loaded(kind)).individual().attributes()).doesNotContainKey(attribute);
  }

  @ParameterizedTest
  @CsvSource({"locked-otp,otp", "locked-otp-phone,otp-phone", "locked-demo,demo"})
  void lockedFactorsAreLocked(String kind, String code) throws IOException {
    Standing standing = store.read(Standing.key(found(loaded(kind)).person()));
    assertThat(standing.locks().keySet()).containsExactly(code);
    assertThat(standing.locked(code, now)).isTrue();
  }

  @Test
  void theDeactivatedPersonIsDeactivatedAndTheHotListedOneBlocked() throws IOException {
    DemoUser deactivated = loaded("deactivated");
    assertThat(store.read(Standing.key(found(deactivated).person())).deactivated(now)).isTrue();
    Key<HotListed> entry =
        HotListed.key(keyring, HotListed.Subject.INDIVIDUAL, loaded("hot-listed").uin());
    assertThat(store.read(entry).holds(now)).isTrue();
  }

  @Test
  void vidsAreWhatTheirKindSays() throws IOException {
    IdentifierRow perpetual = vid(loaded("vid-perpetual").vid());
    assertThat(perpetual.expiresAt()).isNull();
    assertThat(perpetual.usesLeft()).isNull();
    assertThat(vid(loaded("vid-temporary").vid()).expiresAt())
        .isEqualTo(now.plus(Duration.ofDays(30)));
    assertThat(vid(loaded("vid-expired").vid()).expired(now)).isTrue();
    assertThat(vid(loaded("vid-one-use").vid()).usesLeft()).isEqualTo(1);
    assertThat(loaded("vid-one-use").vids()).hasSize(20);
  }

  @Test
  void aSpentVidIsReplacedByTheNextOneAndStaysSpentWhenTheDemoStartsAgain() throws IOException {
    String first = loaded("vid-one-use").vid();
    spend(first);
    String second = loaded("vid-one-use").vid();
    assertThat(second).isNotEqualTo(first);
    assertThat(vid(first).gone()).isTrue();
  }

  private void spend(String vid) {
    Key<IdentifierRow> key = directory.key(new Identifier(IdentifierType.VID, vid));
    store.commit(
        new Unit<Boolean>() {
          @Override
          public Collection<Key<?>> keys() {
            return List.of(key);
          }

          @Override
          public Boolean apply(Rows rows) {
            rows.put(key, rows.get(key).used());
            return true;
          }
        });
  }

  @Test
  void theHandleLeadsToItsPerson() throws IOException {
    DemoUser user = loaded("handle");
    assertThat(user.handle()).isEqualTo("+91" + user.phone() + "@phone");
    assertThat(directory.find(new Identifier(IdentifierType.HANDLE, user.handle())))
        .hasValueSatisfying(f -> assertThat(f.person()).isEqualTo(found(user).person()));
  }

  @Test
  void theChildStaysAChildWhenTheDemoStartsAgainMuchLater() throws IOException {
    assertThat(loaded("child").dob()).isEqualTo("2023/03/01");
    now = Instant.parse("2036-02-29T00:00:00Z");
    assertThat(loaded("child").dob()).isEqualTo("2033/02/28");
  }

  @Test
  void whoIsOnFileKeepsIdTokenAndPictureWhenTheDemoStartsAgain() throws IOException {
    Found before = found(loaded("plain"));
    Portrait picture = directory.portrait(before.person()).orElseThrow();
    Found after = found(loaded("plain"));
    assertThat(after.person()).isEqualTo(before.person());
    assertThat(after.individual().token()).isEqualTo(before.individual().token());
    assertThat(directory.portrait(after.person())).containsSame(picture);
  }

  @Test
  void startingAgainAtOnceRecordsNothing() throws IOException {
    people.load(PEOPLE);
    int records = store.scan(AuditRow.TABLE, "", 1_000).size();
    people.load(PEOPLE);
    assertThat(store.scan(AuditRow.TABLE, "", 1_000)).hasSize(records);
  }

  @Test
  void whatDoesNotApplyIsLeftOutOfTheJson() throws IOException {
    String json = JsonMapper.shared().writeValueAsString(loaded("no-contact"));
    Map<?, ?> members = JsonMapper.shared().readValue(json, Map.class);
    assertThat(members.keySet()).isEqualTo(Set.of("kind", "uin", "name", "dob"));
  }

  @Test
  void namesForDifficultScriptsAreThere() throws IOException {
    assertThat(loaded("accented").name()).isEqualTo("Zoé Lefèvre-Núñez");
    assertThat(loaded("titled").name()).startsWith("Dr. ");
    assertThat(found(loaded("rtl")).individual().plain("preferredLang")).contains("ara");
  }
}
