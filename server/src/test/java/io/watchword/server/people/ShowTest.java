package io.watchword.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Enrolment;
import io.watchword.core.individual.Enrolment.StandingChange;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierRow.State;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Portrait;
import io.watchword.core.individual.Sample;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.server.keys.MemoryStore;
import io.watchword.testkit.keys.TestKeyring;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShowTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PERSON = "00112233445566778899aabbccddeeff";
  private static final String TOKEN = "271936402784160350612935018276402938";
  private static final Identifier UIN = new Identifier(IdentifierType.UIN, "2047631038");
  private static final Identifier VID = new Identifier(IdentifierType.VID, "4370296312658178");

  private final MemoryStore store = new MemoryStore();
  private final Directory directory = new Directory(store, new TestKeyring());
  private final AuditTrail audit = AuditTrail.open(store, new TestKeyring(), "chain", NOW);
  private final Show show =
      new Show(store, directory, IdentifierFormats.ida(), audit, InstantSource.system());

  @BeforeEach
  void enrolJames() {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("phone", new Attribute.Plain("8763740607"));
    attributes.put("email", new Attribute.Plain("james@test.io"));
    attributes.put("fullName", new Attribute.Localized(Map.of("eng", "Ja\u001b[31mmes\u202e")));
    store.commit(
        new Enrolment(
            PERSON,
            new Individual(TOKEN, attributes, UIN.value(), "111111"),
            directory.key(UIN),
            Map.of(
                directory.key(UIN),
                new IdentifierRow(PERSON, IdentifierType.UIN, State.ACTIVE, null, null),
                directory.key(VID),
                new IdentifierRow(PERSON, IdentifierType.VID, State.ACTIVE, NOW, 1)),
            new StandingChange(true, Set.of("otp")),
            new Portrait(new byte[10]),
            Map.of(Modality.FINGER, List.of(new Sample("Left Thumb", new byte[1]))),
            new Enrolment.Entry(audit, "op", NOW)));
  }

  @Test
  void nobodyIsShownForWhatIsNoIdentifierOrNobodys() {
    assertThat(show.text("op", "x", true)).isEmpty();
    assertThat(show.text("op", "2047631037", true)).isEmpty();
    assertThat(show.text("op", "3974189657", true)).isEmpty();
  }

  @Test
  void identifiersAndAddressesAreMaskedUnlessAskedFor() {
    String text = show.text("op", "2047631038", false).orElseThrow();
    assertThat(text)
        .contains("XXXXXXXX38", "XXXXXX0607", "XXmXX@test.io")
        .doesNotContain("2047631038")
        .doesNotContain("8763740607")
        .doesNotContain("james@");
    assertThat(show.text("op", "2047631038", true).orElseThrow())
        .contains("UIN: 2047631038, active", "phone: 8763740607", "email: james@test.io")
        .contains("finger: Left Thumb\n");
  }

  @Test
  void whoLooksInClearIsInTheAuditAndWhoDoesNotIsNot() {
    int before = store.scan(AuditRow.TABLE, "", 100).size();
    show.text("op", "2047631038", false);
    show.text("op", "3974189657", true);
    assertThat(store.scan(AuditRow.TABLE, "", 100)).hasSize(before);
    show.text("curious", "4370296312658178", true);
    AuditRecord record =
        Objects.requireNonNull(store.scan(AuditRow.TABLE, "chain", 100).get(1).row().body());
    assertThat(record.caller()).isEqualTo("curious");
    assertThat(record.person()).isEqualTo(PERSON);
    assertThat(record.factors()).containsExactly("individual.show=full");
    assertThat(record.toString()).doesNotContain("4370296312658178");
  }

  @Test
  void withoutAnAuditNothingIsShownInClear() {
    audit.close(store, NOW);
    assertThatThrownBy(() -> show.text("op", "2047631038", true))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(show.text("op", "2047631038", false)).isPresent();
  }

  @Test
  void tokenAndFixedCodeAreNeverShown() {
    assertThat(show.text("op", "2047631038", true).orElseThrow())
        .doesNotContain(TOKEN)
        .doesNotContain("111111")
        .contains("fictitious: yes");
  }

  @Test
  void noValueSteersTheTerminal() {
    assertThat(show.text("op", "2047631038", true).orElseThrow())
        .contains("fullName_eng: Ja?[31mmes?\n")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
  }

  @Test
  void aVidShowsItsOwnStateAndTheUin() {
    assertThat(show.text("op", "4370296312658178", false).orElseThrow())
        .contains(
            "VID: XXXXXXXX12658178, active, expires 2026-01-01T00:00:00Z, uses left 1\n",
            "UIN: XXXXXXXX38\n",
            "state: deactivated since 2026-01-01T00:00:00Z\n",
            "locked: otp\n",
            "portrait: 10 bytes\n");
  }
}
