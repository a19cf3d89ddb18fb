package io.watchword.core.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.audit.AuditRecord.Event;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierType;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthenticateRequestTest {

  private static Authenticate.Request request(String otp, List<Claim> claims) {
    return new Authenticate.Request(
        "ida",
        Event.KYC,
        null,
        new Identifier(IdentifierType.UIN, "2047631038"),
        "1234567890",
        otp,
        claims,
        false,
        "request");
  }

  @Test
  void nobodyIsDecidedUponWithoutAFactor() {
    assertThatThrownBy(() -> request(null, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("factor");
  }

  @Test
  void aCodeOrAClaimIsAFactor() {
    Claim claim = new Claim("dob", List.of("dateOfBirth"), null, "", Claim.Kind.TEXT, false);
    assertThat(request("1", List.of()).claims()).isEmpty();
    assertThat(request(null, List.of(claim)).claims()).containsExactly(claim);
  }
}
