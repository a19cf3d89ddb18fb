package io.watchword.core.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Contract identity-v1 10.1. The keyed form is held to its laws by the golden conversations. */
class StaticTokensTest {

  @Test
  void theLegacyFormIsThatOfTheFirstServers() {
    assertThat(StaticTokens.legacy("tsp54321", "3921453765"))
        .isEqualTo("527756462306126595522488741345331513");
  }

  @Test
  void twoRelyingPartiesOrTwoPeopleHaveNothingInCommon() {
    assertThat(StaticTokens.legacy("tsp54321", "3921453765"))
        .isNotEqualTo(StaticTokens.legacy("tsp54322", "3921453765"))
        .isNotEqualTo(StaticTokens.legacy("tsp54321", "3921453766"));
  }
}
