package io.watchword.core.individual;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a person on file, or puts new data in the place of what is on file about somebody whose UIN
 * is known. Who is known keeps id, token and the state of every identifier; an identifier that is
 * somebody else's is never taken away.
 *
 * @param person the id that the UIN leads to, or a new one if it leads nowhere
 * @param individual with a new token, which somebody who is on file does not get
 * @param uin where the UIN's row is, one of {@code identifiers}
 * @param identifiers all rows to be written, by key
 * @param standing what changes about locks and deactivation
 * @param portrait {@code null}: the one on file stays
 */
public record Enrolment(
    String person,
    Individual individual,
    Key<IdentifierRow> uin,
    Map<Key<IdentifierRow>, IdentifierRow> identifiers,
    StandingChange standing,
    @Nullable Portrait portrait)
    implements Unit<Enrolment.Outcome> {

  public Enrolment {
    identifiers = Map.copyOf(identifiers);
    if (!identifiers.containsKey(uin)) {
      throw new IllegalArgumentException("the UIN's row is missing");
    }
  }

  /** What came of it; nothing was changed but for the first two. */
  public sealed interface Outcome {}

  /** The person was not on file. */
  public record Added() implements Outcome {}

  /** The person was on file; the data are the new ones. */
  public record Replaced() implements Outcome {}

  /** An identifier belongs to somebody else. */
  public record Taken(IdentifierType type) implements Outcome {}

  /** The UIN leads to another id than was expected: worth another try with that one. */
  public record Known(String person) implements Outcome {}

  /**
   * What changes in a person's standing.
   *
   * @param deactivated {@code null}: stays as it is
   * @param locks codes of the factors that are locked; {@code null}: stay as they are
   * @param now since when somebody is deactivated who was not
   */
  public record StandingChange(
      @Nullable Boolean deactivated, @Nullable Set<String> locks, Instant now) {

    /** The new standing; {@code null} if there is none and none is needed. */
    @Nullable Standing of(@Nullable Standing before) {
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
    identifiers.forEach((key, given) -> rows.put(key, renewed(rows.get(key), given)));
    Key<Individual> key = Individual.TABLE.key(person);
    Individual before = rows.get(key);
    rows.put(key, before == null ? individual : withToken(before.token()));
    Standing changed = standing.of(rows.get(Standing.key(person)));
    if (changed != null) {
      rows.put(Standing.key(person), changed);
    }
    if (portrait != null) {
      rows.put(Portrait.TABLE.key(person), portrait);
    }
    return before == null ? new Added() : new Replaced();
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
