package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.RelyingParty.Draft;
import io.watchword.server.RelyingParty.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is told about requests whose senders put things in the wrong places. */
class RecentRequestsTest {

  private static final String UIN = "2047631038";

  @Test
  void aKeyInThePartnersPlaceIsToldByItsLengthOnly(@TempDir Path data) {
    try (DemoServer demo = DemoServer.in(data);
        RelyingParty party = RelyingParty.of(demo)) {
      Message message = party.finish(party.otp(UIN, "1929353076", "email"));
      assertThat(
              party
                  .send(
                      message.withTarget(
                          "/otp/%s/%s/%s"
                              .formatted(party.licence(), party.apiKey(), party.partner())))
                  .codes())
          .endsWith("IDA-MPA-009");
      JsonNode told = demo.requests().get(0);
      assertThat(told.get("step").stringValue()).isEqualTo("F10");
      assertThat(told.get("detail").get("partner").stringValue())
          .contains(party.apiKey().length() + " characters");
      assertThat(demo.requests().toString()).doesNotContain(party.apiKey());
    }
  }

  @Test
  void aTransactionIdOfAnotherShapeIsNotTold(@TempDir Path data) {
    try (DemoServer demo = DemoServer.in(data);
        RelyingParty party = RelyingParty.of(demo)) {
      Draft draft = party.otp(UIN, "UIN " + UIN, "email");
      assertThat(party.send(draft).codes()).isNotEmpty();
      assertThat(demo.requests().get(0).get("transaction").stringValue()).isEmpty();
      assertThat(demo.requests().toString()).doesNotContain(UIN);
    }
  }

  @Test
  void bothClocksAreToldIfTheyAreTooFarApart(@TempDir Path data) {
    try (DemoServer demo = DemoServer.in(data);
        RelyingParty party = RelyingParty.of(demo)) {
      Draft draft = party.otp(UIN, "1929353077", "email");
      draft.outer().put("requestTime", "2026-01-05T10:00:00.000+05:30");
      assertThat(party.send(draft).codes()).contains("IDA-MLC-001");
      JsonNode detail = demo.requests().get(0).get("detail");
      assertThat(detail.get("requestTime received").stringValue())
          .isEqualTo("2026-01-05T10:00:00.000+05:30");
      assertThat(detail.get("offset").stringValue()).matches("-\\d+ s");
    }
  }

  @Test
  void whatIsNoTimeIsNotRepeated(@TempDir Path data) {
    try (DemoServer demo = DemoServer.in(data);
        RelyingParty party = RelyingParty.of(demo)) {
      Draft draft = party.otp(UIN, "1929353078", "email");
      draft.outer().put("requestTime", UIN);
      assertThat(party.send(draft).codes()).isNotEmpty();
      assertThat(demo.requests().toString()).doesNotContain(UIN);
    }
  }
}
