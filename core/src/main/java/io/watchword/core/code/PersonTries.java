package io.watchword.core.code;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Wrong codes of a person over all slots of a door whose codes live a transaction each, so that
 * another transaction brings no other tries (contract identity-v1 2.3).
 *
 * @param wrong since the last right one
 * @param lastAt when the last one was tried; after a freeze's time they are forgotten
 * @param frozenAt since when nothing is compared and nothing sent; {@code null}: not frozen
 */
public record PersonTries(int wrong, Instant lastAt, @Nullable Instant frozenAt) {

  /** Keyed by the codes' purpose and the person's id. */
  public static final Table<PersonTries> TABLE = Table.clear("code_tries", PersonTries.class);

  private static final PersonTries NONE = new PersonTries(0, Instant.EPOCH, null);

  /** The tries as they are now. */
  static PersonTries at(Rows rows, Key<PersonTries> key, CodePolicy policy, Instant now) {
    PersonTries row = rows.get(key);
    boolean over = row != null && !now.isBefore(row.lastAt.plus(policy.freeze()));
    return row == null || over ? NONE : row;
  }

  boolean frozen(CodePolicy policy, Instant now) {
    return frozenAt != null && now.isBefore(frozenAt.plus(policy.freeze()));
  }

  /** Whether the next try is the one that freezes, right or wrong. */
  boolean spent(CodePolicy policy) {
    return wrong >= policy.tries() - 1;
  }

  /** One more wrong one. */
  void wrong(Rows rows, Key<PersonTries> key, CodePolicy policy, Instant now) {
    rows.put(key, new PersonTries(wrong + 1, now, null), now.plus(policy.freeze()));
  }

  /** Neither compares nor sends from now on. */
  void freeze(Rows rows, Key<PersonTries> key, CodePolicy policy, Instant now) {
    rows.put(key, new PersonTries(wrong, now, now), now.plus(policy.freeze()));
  }
}
