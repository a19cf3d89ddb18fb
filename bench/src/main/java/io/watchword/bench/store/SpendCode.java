package io.watchword.bench.store;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.audit.ChainHead;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.CodeSlot;
import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A unit of the usual kind, over the core's own rows: a code's slot, two counters, and the record
 * of the decision with the head of its chain, which all units share.
 */
record SpendCode(
    Key<CodeSlot> slot,
    SendWindows.Limit person,
    SendWindows.Limit destination,
    AuditTrail audit,
    Instant now)
    implements Unit<Boolean> {

  static final List<Table<?>> TABLES =
      List.of(CodeSlot.TABLE, SendWindows.TABLE, AuditRow.TABLE, ChainHead.TABLE);

  private static final Instant START = Instant.parse("2026-01-05T10:00:00.123456Z");
  private static final AtomicLong MILLIS = new AtomicLong();

  static SpendCode of(int subject, int other, AuditTrail audit) {
    return new SpendCode(
        CodeSlot.TABLE.key(id("code", subject)),
        limit(id("person", subject)),
        limit(id("destination", other)),
        audit,
        nextInstant());
  }

  private static SendWindows.Limit limit(String id) {
    return new SendWindows.Limit(
        SendWindows.TABLE.key(id), "hour", Duration.ofDays(1), Integer.MAX_VALUE);
  }

  /** A millisecond later at each call, so that the index of useless rows moves as it would. */
  static Instant nextInstant() {
    return START.plusMillis(MILLIS.incrementAndGet());
  }

  /** Makes the rows of some subjects, without a record. */
  static Unit<Boolean> fill(int from, int to, AuditTrail audit) {
    List<Key<?>> keys = new ArrayList<>();
    List<SpendCode> units = new ArrayList<>();
    for (int i = from; i < to; i++) {
      SpendCode unit = of(i, i, audit);
      units.add(unit);
      keys.addAll(unit.keys());
    }
    return new Unit<>() {
      @Override
      public Collection<Key<?>> keys() {
        return keys;
      }

      @Override
      public Boolean apply(Rows rows) {
        units.forEach(unit -> unit.count(rows));
        return true;
      }
    };
  }

  /** Spread over the table as the look-up keys of identifiers are. */
  static String id(String kind, int number) {
    long mixed = (number + 1L) * 0x9E3779B97F4A7C15L;
    return "%016x%016x%016x%016x".formatted(mixed, ~mixed, mixed * 31, (long) kind.hashCode());
  }

  static CodeSlot.Code code(Instant now) {
    return new CodeSlot.Code(
        new Mac(1, "Zm9yIG1lYXN1cmluZyBvbmx5LCB0aGlzIGlzIG5vIGhhc2g"), now, now.plusSeconds(180));
  }

  static AuditRecord record(Instant now) {
    return new AuditRecord(
        now,
        AuditRecord.Event.AUTHENTICATION,
        "ida",
        "bench-partner",
        "0123456789abcdef0123456789abcdef",
        "1234567890",
        AuditRecord.ACCEPTED,
        List.of("otp=Right"),
        "fedcba9876543210fedcba9876543210");
  }

  @Override
  public Collection<Key<?>> keys() {
    return List.of(slot, person.key(), destination.key(), audit.head());
  }

  @Override
  public Boolean apply(Rows rows) {
    count(rows);
    audit.append(rows, record(now));
    return true;
  }

  private void count(Rows rows) {
    CodeSlot row = rows.get(slot);
    CodeSlot before = row == null ? CodeSlot.EMPTY : row;
    rows.put(
        slot,
        before.activated(code(now), CodePolicy.IDA),
        before.uselessAfter(CodePolicy.IDA, now));
    person.count(rows, now);
    destination.count(rows, now);
  }
}
