package io.watchword.core.individual;

import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import java.util.Optional;

/**
 * Finds people by what they call themselves. Reads committed rows and caches nothing; whatever must
 * hold at the moment of a decision (locks, state and uses of an identifier) is read again inside
 * the decision's unit, under {@link #key}.
 *
 * <p>Thread-safe. Every look-up throws {@link StoreUnavailable} if rows cannot be read.
 */
public final class Directory {

  private final Store store;
  private final Keyring keyring;

  public Directory(Store store, Keyring keyring) {
    this.store = store;
    this.keyring = keyring;
  }

  /**
   * Somebody who was found.
   *
   * @param person id of the person: the key of all other rows about them
   * @param key of the identifier's row, to be read again inside units
   * @param identifier the row of the identifier that led here, as last committed; it may be gone or
   *     expired, and refusing it is the story's business
   * @param individual what is on file
   */
  public record Found(
      String person, Key<IdentifierRow> key, IdentifierRow identifier, Individual individual) {

    @Override
    public String toString() {
      return "Found[" + person + "]";
    }
  }

  /** The row of an identifier. The same identifier has the same key for the life of the data. */
  public Key<IdentifierRow> key(Identifier identifier) {
    return IdentifierRow.key(keyring.lookup(identifier.type().name(), identifier.value()));
  }

  /** Whoever the identifier was given to, in whatever state the identifier is; empty: nobody. */
  public Optional<Found> find(Identifier identifier) {
    Key<IdentifierRow> key = key(identifier);
    IdentifierRow row = store.read(key);
    if (row == null) {
      return Optional.empty();
    }
    Individual individual = store.read(Individual.TABLE.key(row.person()));
    // An import writes both rows in one unit, so this is a damaged store: to callers, nobody.
    return individual == null
        ? Optional.empty()
        : Optional.of(new Found(row.person(), key, row, individual));
  }

  /** The person's face picture, if one is on file. */
  public Optional<Portrait> portrait(String person) {
    return Optional.ofNullable(store.read(Portrait.TABLE.key(person)));
  }
}
