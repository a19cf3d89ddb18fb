package io.watchword.core.individual;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a person on file, or puts new data in the place of what is on file about somebody whose UIN
 * is known. Who is known keeps id, token and the state of every identifier; an identifier that is
 * somebody else's is never taken away. What changes nothing is neither written nor recorded.
 *
 * @param person the id that the UIN leads to, or a new one if it leads nowhere
 * @param individual with a new token, which somebody who is on file does not get
 * @param uin where the UIN's row is, one of {@code identifiers}
 * @param identifiers all rows to be written, by key
 * @param standing what changes about locks and deactivation
 * @param portrait {@code null}: the one on file stays
 * @param biometrics by modality; of one that is left out what is on file stays
 * @param entry what is recorded about a change
 */
public record Enrolment(
    String person,
    Individual individual,
    Key<IdentifierRow> uin,
    Map<Key<IdentifierRow>, IdentifierRow> identifiers,
    StandingChange standing,
    @Nullable Portrait portrait,
    Map<Modality, List<Sample>> biometrics,
    Entry entry)
    implements Unit<Enrolment.Outcome> {

  public Enrolment {
    identifiers = Map.copyOf(identifiers);
    biometrics = Map.copyOf(biometrics);
    if (!identifiers.containsKey(uin)) {
      throw new IllegalArgumentException("the UIN's row is missing");
    }
  }

  /**
   * The record of a change.
   *
   * @param operator who acts
   * @param now the server's clock
   */
  public record Entry(AuditTrail audit, String operator, Instant now) {}

  /** What came of it; nothing was changed but for the first two. */
  public sealed interface Outcome {}

  /** The person was not on file. */
  public record Added() implements Outcome {}

  /** The person was on file; the data are the new ones. */
  public record Replaced() implements Outcome {}

  /** The person was on file with these very data. */
  public record Unchanged() implements Outcome {}

  /** An identifier belongs to somebody else. */
  public record Taken(IdentifierType type) implements Outcome {}

  /** The UIN leads to another id than was expected: worth another try with that one. */
  public record Known(String person) implements Outcome {}

  /**
   * What changes in a person's standing.
   *
   * @param deactivated {@code null}: stays as it is
   * @param locks codes of the factors that are locked; {@code null}: stay as they are
   */
  public record StandingChange(@Nullable Boolean deactivated, @Nullable Set<String> locks) {

    /**
     * The new standing; {@code null} if there is none and none is needed.
     *
     * @param now since when somebody is deactivated who was not
     */
    @Nullable Standing of(@Nullable Standing before, Instant now) {
      if (deactivated == null && locks == null) {
        return before;
      }
      Standing old = before == null ? Standing.GOOD : before;
      Instant since = old.deactivatedAt();
      if (deactivated != null) {
        since = !deactivated ? null : since == null ? now : since;
      }
      Map<String, Standing.Lock> held = old.locks();
      if (locks != null) {
        held = new HashMap<>();
        for (String code : locks) {
          held.put(code, new Standing.Lock(null));
        }
      }
      return new Standing(since, held);
    }
  }

  @Override
  public Collection<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(identifiers.keySet());
    keys.add(Individual.TABLE.key(person));
    keys.add(Standing.key(person));
    if (portrait != null) {
      keys.add(Portrait.TABLE.key(person));
    }
    if (!biometrics.isEmpty()) {
      keys.add(EnrolledBiometrics.TABLE.key(person));
    }
    keys.add(entry.audit().head());
    return keys;
  }

  @Override
  public Outcome apply(Rows rows) {
    IdentifierRow known = rows.get(uin);
    if (known != null && !known.person().equals(person)) {
      return new Known(known.person());
    }
    for (Key<IdentifierRow> key : identifiers.keySet()) {
      IdentifierRow row = rows.get(key);
      if (row != null && !row.person().equals(person)) {
        return new Taken(row.type());
      }
    }
    Individual before = rows.get(Individual.TABLE.key(person));
    if (!write(rows, before)) {
      return new Unchanged();
    }
    entry.audit().append(rows, record(before == null ? "added" : "replaced"));
    return before == null ? new Added() : new Replaced();
  }

  /** Writes what differs and says whether anything did. */
  private boolean write(Rows rows, @Nullable Individual before) {
    boolean changed = false;
    for (Map.Entry<Key<IdentifierRow>, IdentifierRow> given : identifiers.entrySet()) {
      IdentifierRow row = renewed(rows.get(given.getKey()), given.getValue());
      changed |= put(rows, given.getKey(), row);
    }
    Individual now = before == null ? individual : withToken(before.token());
    changed |= put(rows, Individual.TABLE.key(person), now);
    Key<Standing> key = Standing.key(person);
    Standing changedStanding = standing.of(rows.get(key), entry.now());
    if (changedStanding != null) {
      changed |= put(rows, key, changedStanding);
    }
    Portrait old = portrait == null ? null : rows.get(Portrait.TABLE.key(person));
    if (portrait != null && (old == null || !Arrays.equals(old.image(), portrait.image()))) {
      rows.put(Portrait.TABLE.key(person), portrait);
      changed = true;
    }
    if (!biometrics.isEmpty()) {
      changed |= enrolBiometrics(rows);
    }
    return changed;
  }

  private boolean enrolBiometrics(Rows rows) {
    Key<EnrolledBiometrics> key = EnrolledBiometrics.TABLE.key(person);
    EnrolledBiometrics before = rows.get(key);
    EnrolledBiometrics now = (before == null ? EnrolledBiometrics.NONE : before).with(biometrics);
    return (before != null || !now.samples().isEmpty()) && put(rows, key, now);
  }

  private static <V> boolean put(Rows rows, Key<V> key, V row) {
    if (row.equals(rows.get(key))) {
      return false;
    }
    rows.put(key, row);
    return true;
  }

  private AuditRecord record(String what) {
    return new AuditRecord(
        entry.now(),
        AuditRecord.Event.ADMINISTRATION,
        "admin",
        entry.operator(),
        person,
        "",
        AuditRecord.ACCEPTED,
        List.of("individual=" + what),
        "");
  }

  /** Uses that are spent stay spent, and what was revoked stays revoked. */
  private static IdentifierRow renewed(@Nullable IdentifierRow before, IdentifierRow given) {
    return before == null
        ? given
        : new IdentifierRow(
            given.person(), given.type(), before.state(), given.expiresAt(), before.usesLeft());
  }

  private Individual withToken(String token) {
    return new Individual(token, individual.attributes(), individual.uin(), individual.fixedCode());
  }

  @Override
  public String toString() {
    return "Enrolment[" + person + "]";
  }
}
