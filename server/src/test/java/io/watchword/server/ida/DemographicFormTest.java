package io.watchword.server.ida;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierType;
import io.watchword.wire.ida.IdaError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DemographicFormTest {

  private static final IdentityMapping MAPPING = IdentityMapping.defaults();
  private static final IdaSettings SETTINGS =
      new IdaSettings(
          "/idauthentication/v1",
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Set.of(),
          List.of(),
          List.of("eng", "ara", "fra"),
          Set.of(IdentifierType.values()),
          IdentifierFormats.ida(),
          Set.of("demo"),
          Set.of("demo"),
          Set.of(),
          true,
          true,
          true,
          1024,
          1024,
          new IdaSettings.Biometrics(Duration.ofSeconds(120), true));

  private static List<IdaError> errors(String demographics, IdentityMapping mapping) {
    var errors = new ArrayList<IdaError>();
    DemographicForm.of(JsonMapper.shared().readTree(demographics)).check(errors, SETTINGS, mapping);
    return errors;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"dobType\":[{\"value\":\"V\"}]}",
        "{\"dobType\":[{\"language\":\"eng\",\"value\":\"\"}]}",
        "{\"dobType\":[{\"value\":\"V\"},{\"value\":\"D\"}]}"
      })
  void membersThatWouldCompareNothingAreNoFactor(String demographics) {
    assertThat(errors(demographics, MAPPING)).containsExactly(IdaErrors.missingDemo());
  }

  @Test
  void aMemberThatTheOperatorTookAwayIsNoFactor() {
    var bare = new IdentityMapping(Map.of("name", List.of("fullName")), Map.of("nick", List.of()));
    assertThat(errors("{\"nick\":\"x\"}", bare)).containsExactly(IdaErrors.missingDemo());
    assertThat(errors("{\"emailId\":\"x\"}", bare)).containsExactly(IdaErrors.missingDemo());
  }

  @Test
  void aMemberBesideOneThatComparesNothingIsAFactor() {
    String both = "{\"dobType\":[{\"value\":\"V\"}],\"dob\":\"1992/04/29\"}";
    assertThat(errors(both, MAPPING)).isEmpty();
    assertThat(DemographicForm.of(JsonMapper.shared().readTree(both)).claims(MAPPING, List.of()))
        .singleElement()
        .satisfies(claim -> assertThat(claim.member()).isEqualTo("dob"));
  }

  @Test
  void noMembersAreNoErrorHere() {
    assertThat(errors("{}", MAPPING)).isEmpty();
    assertThat(errors("{\"name\":[]}", MAPPING)).isEmpty();
  }
}
