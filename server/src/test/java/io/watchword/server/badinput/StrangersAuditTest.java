package io.watchword.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.unit.Store;
import io.watchword.server.DemoServer;
import io.watchword.server.KernelClient;
import io.watchword.server.RelyingParty;
import io.watchword.server.RelyingParty.Message;
import io.watchword.testkit.time.HandClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who are not let in: in the audit by the minute, never by the request. */
class StrangersAuditTest {

  private static final String FORGED = "F5 IDA-MPA-001";
  private static final String UNKNOWN_PARTNER = "F10 IDA-MPA-009";
  private static final String UNKNOWN_LICENCE = "F10 IDA-MPA-007";

  @Test
  void refusalsOfStrangersAreCountedByMinuteAndReasonAndWrittenAtTheStop(@TempDir Path data)
      throws Exception {
    var clock = new HandClock();
    try (DemoServer demo = DemoServer.in(data, Map.of(), clock);
        RelyingParty party = new RelyingParty(data, clock, new SecureRandom())) {
      Message genuine = party.finish(party.otp("2047631038", "stranger01", "email"));
      String path = genuine.target();
      Message forged = genuine.withBody((new String(genuine.body()) + " ").getBytes());
      refused(party, forged, "IDA-MPA-001", 40);
      refused(
          party,
          genuine.withTarget(path.replace(party.partner(), "made-up-partner")),
          "IDA-MPA-009",
          20);
      refused(
          party, genuine.withTarget(path.replace(party.apiKey(), "made-up-key")), "IDA-MPA-009", 5);
      refused(
          party,
          genuine.withTarget(path.replace(party.licence(), "made-up-licence")),
          "IDA-MPA-007",
          3);
      assertThat(counts(demo.server().platform().store())).isEmpty();

      clock.move(Duration.ofMinutes(1));
      for (int i = 0; i < 200 && counts(demo.server().platform().store()).isEmpty(); i++) {
        Thread.sleep(100); // the server's own upkeep writes them
      }
      assertThat(counts(demo.server().platform().store()))
          .containsOnly(
              entry(FORGED, List.of("count=40")),
              entry(UNKNOWN_PARTNER, List.of("count=25")),
              entry(UNKNOWN_LICENCE, List.of("count=3")));
      refused(party, forged, "IDA-MPA-001", 2);
    }
    try (DemoServer again = DemoServer.in(data, Map.of(), Clock.systemUTC())) {
      Store store = again.server().platform().store();
      assertThat(counts(store)).containsEntry(FORGED, List.of("count=40", "count=2"));
      assertThat(records(store).toString()).doesNotContain("made-up");
      assertThat(again.server().platform().verification().verify(List.of(), _ -> {}).faults())
          .isEmpty();
    }
  }

  @Test
  void strangersAtTheKernelDoorsAreCountedToo(@TempDir Path data) {
    try (DemoServer demo = DemoServer.in(data, Map.of(), new HandClock());
        KernelClient client = new KernelClient(demo)) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.generate("made-up-token", "key-1").status()).isEqualTo(401);
      }
      assertThat(client.generate(client.clientToken(), "key-1").status()).isEqualTo(200);
    }
    try (DemoServer again = DemoServer.in(data)) {
      Store store = again.server().platform().store();
      assertThat(records(store))
          .filteredOn(record -> record.door().equals("otpmanager"))
          .singleElement()
          .satisfies(record -> {
            assertThat(record.outcome()).isEqualTo("KER-ATH-401");
            assertThat(record.factors()).contains("count=3");
          });
    }
  }

  private static void refused(RelyingParty party, Message message, String code, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(party.send(message).codes()).containsExactly("IDA-MLC-007", code);
    }
  }

  /** How often each reason was counted, record by record. */
  private static Map<String, List<String>> counts(Store store) {
    Map<String, List<String>> counts = new TreeMap<>();
    records(store)
        .forEach(record ->
            counts
                .computeIfAbsent(record.outcome(), _ -> new ArrayList<>())
                .add(record.factors().getFirst()));
    return counts;
  }

  private static List<AuditRecord> records(Store store) {
    var records = new ArrayList<AuditRecord>();
    store
        .scan(AuditRow.TABLE, "", 10_000)
        .forEach(each -> {
          AuditRecord body = each.row().body();
          if (body != null && body.event() == AuditRecord.Event.REFUSALS) {
            records.add(body);
          }
        });
    return records;
  }
}
