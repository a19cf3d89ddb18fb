package io.watchword.core.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.individual.Individual;
import io.watchword.core.partner.Admitted;
import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Policy;
import io.watchword.core.partner.Policy.Pseudonym;
import io.watchword.core.unit.Ambient;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Contract ida 5.6, with the vectors of 9.5. */
class AuthTokensTest {

  private static final Ambient AMBIENT = new Ambient(() -> Instant.EPOCH, new Random(1));
  private static final AuthTokens SMALL = new AuthTokens("uinSalt", "partnerSalt", AMBIENT);
  private static final AuthTokens REAL =
      new AuthTokens(
          "zHuDEAbmbxiUbUShgy6pwUhKh9DE0EZn9kQDKPPKbWscGajMwf",
          "yS8w5Wb6vhIKdf1msi4LYTJks7mqkbmITk2O63Iq8h0bkRlD0d",
          AMBIENT);
  private static final String TOKEN = "271936402784160350612935018276402938";

  private static Individual person(String token) {
    return new Individual(token, Map.of(), null, null);
  }

  private static Admitted caller(String partner, String policy, Pseudonym kind) {
    return new Admitted(
        new Partner(partner, "", Partner.Status.ACTIVE, new byte[] {1}, "", null),
        new Policy(
            policy,
            Partner.Status.ACTIVE,
            Instant.EPOCH,
            null,
            Set.of(),
            List.of(),
            List.of(),
            List.of(),
            kind,
            Map.of()));
  }

  @Test
  void twoPartnersTwoPoliciesAndTwoPeopleHaveNothingInCommon() {
    assertThat(
            List.of(
                REAL.of(person(TOKEN), caller("one", "p", Pseudonym.PARTNER)),
                REAL.of(person(TOKEN), caller("two", "p", Pseudonym.PARTNER)),
                REAL.of(person(TOKEN), caller("one", "p", Pseudonym.POLICY)),
                REAL.of(person(TOKEN), caller("one", "q", Pseudonym.POLICY)),
                REAL.of(person(TOKEN + "1"), caller("one", "p", Pseudonym.PARTNER)),
                SMALL.of(person(TOKEN), caller("one", "p", Pseudonym.PARTNER))))
        .doesNotHaveDuplicates()
        .allMatch(token -> token.matches("[0-9]{36}"));
  }

  @Test
  void theRandomFormIsThirtySixDigitsAndAnotherEachTime() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String token = REAL.of(person(TOKEN), caller("one", "p", Pseudonym.RANDOM));
      assertThat(token).matches("[0-9]{36}");
      seen.add(token);
    }
    assertThat(seen).hasSize(1_000);
  }

  @Test
  void theVectorsOfTheContractComeOut() {
    assertThat(SMALL.of("1234567890", "partner-1"))
        .isEqualTo("357561837726073087612639112597776967");
    assertThat(REAL.of(TOKEN, "mpartner-default-piidtl"))
        .isEqualTo("289066300001517489171297427180468799");
  }

  @Test
  void byPolicyItIsMadeFromThePolicysIdAndByPartnerFromThePartners() {
    String expected = REAL.of(TOKEN, "mpartner-default-piidtl");
    assertThat(REAL.of(person(TOKEN), caller("mpartner-default-piidtl", "x", Pseudonym.PARTNER)))
        .isEqualTo(expected);
    assertThat(REAL.of(person(TOKEN), caller("x", "mpartner-default-piidtl", Pseudonym.POLICY)))
        .isEqualTo(expected);
  }

  @Test
  void whoeverPrintsItLearnsNoSalt() {
    assertThat(REAL.toString()).doesNotContain("zHuDE").doesNotContain("yS8w5");
  }
}
