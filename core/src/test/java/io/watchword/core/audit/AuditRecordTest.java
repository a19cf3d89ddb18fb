package io.watchword.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditRecordTest {

  private static final Instant AT = Instant.parse("2026-01-05T10:00:00.123456789Z");

  private static AuditRecord record(String caller, String person, List<String> factors) {
    return new AuditRecord(
        AT, AuditRecord.Event.KYC, "ida", caller, person, "tx", "accepted", factors, "request");
  }

  @Test
  void noTwoRecordsHaveTheSameBytes() {
    List<AuditRecord> different =
        List.of(
            record("ab", "c", List.of()),
            record("a", "bc", List.of()),
            record("ab", "", List.of()),
            record("ab", null, List.of()),
            record("ab", "c", List.of("")),
            record("ab", "c", List.of("", "")),
            record("ab", "c", List.of("x", "y")),
            record("ab", "c", List.of("xy")),
            new AuditRecord(
                AT.plusNanos(1),
                AuditRecord.Event.KYC,
                "ida",
                "ab",
                "c",
                "tx",
                "accepted",
                List.of(),
                "request"));
    Set<String> bytes = new HashSet<>();
    different.forEach(each -> bytes.add(Arrays.toString(each.canonical())));
    assertThat(bytes).hasSameSizeAs(different);
  }

  @Test
  void equalRecordsHaveTheSameBytes() {
    assertThat(record("a", "b", List.of("c")).canonical())
        .isEqualTo(record("a", "b", List.of("c")).canonical());
  }
}
