package io.watchword.core.delivery;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The queue of errands. A row's id begins with the time at which the errand is due, so the first
 * rows of the table are the next to run, and taking, delaying and finishing an errand are moves of
 * its row: whoever took it too long ago finds the row gone and changes nothing.
 */
public final class Errands {

  /** Keyed by the time at which the errand is due, and its id. */
  public static final Table<Errand> TABLE = Table.sealed("errands", Errand.class);

  /** Longer than any attempt: 2 seconds of patience and 15 at the courier on each channel. */
  public static final Duration LEASE = Duration.ofMinutes(2);

  private Errands() {}

  /** Does errands at once, as far as there is room. */
  public interface Desk {

    /**
     * Hands an errand over that was {@linkplain #taken taken} by a unit that is durable. Never
     * blocks and never fails; what it has no room for is due again when the lease ends.
     */
    void hand(Errand taken);
  }

  /** The key that a unit must name to put this errand. */
  public static Key<Errand> key(Errand errand) {
    return key(errand.due(), errand.id());
  }

  /** The key that a unit must name to put what {@link #taken} gives for an errand that is due. */
  public static Key<Errand> takenKey(Instant due, String id) {
    return key(due.plus(LEASE), id);
  }

  private static Key<Errand> key(Instant due, String id) {
    return TABLE.key(HexFormat.of().toHexDigits(Math.max(0, due.toEpochMilli())) + "-" + id);
  }

  /** Puts an errand inside the unit of the decision that it belongs to: both commit, or neither. */
  public static void put(Rows rows, Errand errand) {
    rows.put(key(errand), errand);
  }

  /**
   * The same errand as {@link #take} gives it, for a unit to put that hands it to a {@link Desk}
   * once it is durable: so it is taken up without being looked for.
   */
  public static Errand taken(Errand errand) {
    return errand.leased(errand.due(), LEASE);
  }

  /**
   * Errands that are due, oldest first. Others may take them up before {@link #take} does.
   *
   * @param limit at most this many, 1 to 10,000
   */
  public static List<Errand> due(Store store, Instant now, int limit) {
    return waiting(store, limit).stream().filter(each -> !each.due().isAfter(now)).toList();
  }

  /**
   * All errands in the order in which they come due; those under way stand at their lease's end.
   */
  public static List<Errand> waiting(Store store, int limit) {
    return store.scan(TABLE, "", limit).stream().map(Store.Entry::row).toList();
  }

  /**
   * Takes errands up for {@link #LEASE}, all in one unit; what is not settled by then is due again.
   *
   * @return the errands to run, in their order, without those that somebody else took
   */
  public static List<Errand> take(Store store, List<Errand> errands, Instant now) {
    return move(
            store,
            errands.stream()
                .map(each -> new Move(each, Optional.of(each.leased(now, LEASE))))
                .toList())
        .stream()
        .flatMap(move -> move.to().stream())
        .toList();
  }

  /**
   * Removes errands that are done or given up, all in one unit. One whose lease had ended stays
   * with whoever has it now.
   *
   * @param taken as {@link #take} or {@link #taken} gave them
   */
  public static void finish(Store store, List<Errand> taken) {
    move(store, taken.stream().map(each -> new Move(each, Optional.empty())).toList());
  }

  /**
   * Puts an errand back for later.
   *
   * @param taken as {@link #take} gave it
   * @param later made by {@link Errand#again}
   * @return false if the lease had ended and somebody else has it now
   */
  public static boolean putBack(Store store, Errand taken, Errand later) {
    return !move(store, List.of(new Move(taken, Optional.of(later)))).isEmpty();
  }

  private static List<Move> move(Store store, List<Move> moves) {
    return moves.isEmpty() ? moves : store.commit(new Moves(moves));
  }

  /** Gives back those that took place. */
  private record Moves(List<Move> moves) implements Unit<List<Move>> {

    @Override
    public Collection<Key<?>> keys() {
      return moves.stream().<Key<?>>flatMap(move -> move.keys().stream()).toList();
    }

    @Override
    public List<Move> apply(Rows rows) {
      return moves.stream().filter(move -> move.apply(rows)).toList();
    }
  }

  private record Move(Errand from, Optional<Errand> to) {

    Collection<Key<?>> keys() {
      return to.<Collection<Key<?>>>map(errand -> List.of(key(from), key(errand)))
          .orElseGet(() -> List.of(key(from)));
    }

    boolean apply(Rows rows) {
      if (rows.get(key(from)) == null) {
        return false;
      }
      rows.delete(key(from));
      to.ifPresent(errand -> put(rows, errand));
      return true;
    }
  }
}
