package io.watchword.core.individual;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.individual.Directory.Found;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectoryTest {

  private static final String PERSON = "00112233445566778899aabbccddeeff";
  private static final Identifier UIN = new Identifier(IdentifierType.UIN, "2047631038");

  private final MapStore store = new MapStore();
  private final Directory directory = new Directory(store, new PlainKeyring());
  private final IdentifierRow row =
      new IdentifierRow(PERSON, IdentifierType.UIN, IdentifierRow.State.ACTIVE, null, null);
  private final Individual individual =
      new Individual("123456789012345678901234567890123456", Map.of(), UIN.value(), null);

  @Test
  void anIdentifierThatNobodyHasFindsNobody() {
    assertThat(directory.find(UIN)).isEmpty();
  }

  @Test
  void theSameDigitsUnderAnotherTypeAreAnotherIdentifier() {
    store.with(directory.key(UIN), row).with(Individual.TABLE.key(PERSON), individual);
    assertThat(directory.find(new Identifier(IdentifierType.VID, UIN.value()))).isEmpty();
  }

  @Test
  void anIdentifierWithoutItsPersonFindsNobody() {
    store.with(directory.key(UIN), row);
    assertThat(directory.find(UIN)).isEmpty();
  }

  @Test
  void aPersonIsFoundInTwoReads() {
    store.with(directory.key(UIN), row).with(Individual.TABLE.key(PERSON), individual);
    assertThat(directory.find(UIN))
        .contains(new Found(PERSON, directory.key(UIN), row, individual));
    assertThat(store.reads).isEqualTo(2);
  }

  @Test
  void anIdentifierThatIsGoneStillLeadsToItsPerson() {
    IdentifierRow gone =
        new IdentifierRow(PERSON, IdentifierType.UIN, IdentifierRow.State.REVOKED, null, null);
    store.with(directory.key(UIN), gone).with(Individual.TABLE.key(PERSON), individual);
    assertThat(directory.find(UIN))
        .hasValueSatisfying(f -> assertThat(f.identifier().gone()).isTrue());
  }

  @Test
  void whoeverPrintsWhatWasFoundLearnsNothing() {
    assertThat(new Found(PERSON, directory.key(UIN), row, individual).toString())
        .doesNotContain("2047631038")
        .doesNotContain("123456");
  }

  @Test
  void aPortraitIsThereOnlyIfItWasStored() {
    assertThat(directory.portrait(PERSON)).isEmpty();
    store.with(Portrait.TABLE.key(PERSON), new Portrait(new byte[] {1}));
    assertThat(directory.portrait(PERSON)).isPresent();
  }
}
