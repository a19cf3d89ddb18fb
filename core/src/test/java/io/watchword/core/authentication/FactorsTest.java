package io.watchword.core.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactorsTest {

  private static final Claim CLAIM =
      new Claim("dob", List.of("dateOfBirth"), null, "", Claim.Kind.TEXT, false);
  private static final Sample SAMPLE = new Sample("Left Thumb", new byte[] {1});

  @Test
  void nobodyIsDecidedUponWithoutAFactor() {
    assertThatThrownBy(() -> Factors.of(null, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("factor");
  }

  @Test
  void aModalityWithoutACaptureIsNoFactor() {
    assertThatThrownBy(() -> new Factors("1", List.of(), null, Map.of(Modality.IRIS, List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachIsAFactorOfItsOwn() {
    assertThat(Factors.of("1", List.of()).names()).containsExactly("otp");
    assertThat(Factors.of(null, List.of(CLAIM)).names()).containsExactly("demo");
    assertThat(new Factors(null, List.of(), "987654", Map.of()).names()).containsExactly("pin");
    assertThat(new Factors(null, List.of(), null, Map.of(Modality.FINGER, List.of(SAMPLE))).names())
        .containsExactly("bio-Finger");
  }

  @Test
  void onlyPinAndBiometricsAreSlow() {
    assertThat(Factors.of("1", List.of(CLAIM)).slow()).isFalse();
    assertThat(new Factors("1", List.of(), "987654", Map.of()).slow()).isTrue();
    assertThat(new Factors("1", List.of(), null, Map.of(Modality.FACE, List.of(SAMPLE))).slow())
        .isTrue();
  }

  @Test
  void whatWasGivenIsNotPrinted() {
    assertThat(new Factors("123456", List.of(CLAIM), "987654", Map.of()))
        .hasToString("Factors[otp, demo, pin]");
  }
}
