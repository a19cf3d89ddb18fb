package io.watchword.server.people;

import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.Standing;
import io.watchword.core.unit.Key;
import io.watchword.server.partners.RecordedChanges;
import io.watchword.server.partners.RecordedChanges.Act;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Locks factors of people, and takes people out of service. */
public final class Standings {

  /** Those that can be locked. */
  public static final Set<String> FACTORS = PersonForm.LOCKS;

  private final Directory directory;
  private final IdentifierFormats formats;
  private final RecordedChanges changes;

  public Standings(Directory directory, IdentifierFormats formats, RecordedChanges changes) {
    this.directory = directory;
    this.formats = formats;
    this.changes = changes;
  }

  /**
   * Locks a factor.
   *
   * @param operator who acts, for the audit
   * @param presented UIN, VID or handle
   * @param factor one of {@link #FACTORS}
   * @return whether anybody has the identifier
   */
  public boolean lock(String operator, String presented, String factor) {
    return locks(
        operator, presented, "lock." + factor, locks -> locks.put(factor, new Standing.Lock(null)));
  }

  /** Takes a lock away. */
  public boolean unlock(String operator, String presented, String factor) {
    return locks(operator, presented, "unlock." + factor, locks -> locks.remove(factor));
  }

  private boolean locks(
      String operator, String presented, String act, Consumer<Map<String, Standing.Lock>> change) {
    return changed(
        operator,
        presented,
        act,
        (before, _) -> {
          Map<String, Standing.Lock> locks = new HashMap<>(before.locks());
          change.accept(locks);
          return new Standing(before.deactivatedAt(), locks);
        });
  }

  /** Takes a person out of service: nothing about them is answered with yes. */
  public boolean deactivate(String operator, String presented) {
    return changed(
        operator,
        presented,
        "deactivate",
        (before, now) ->
            before.deactivatedAt() == null ? new Standing(now, before.locks()) : before);
  }

  /** Takes a person into service again. */
  public boolean activate(String operator, String presented) {
    return changed(
        operator, presented, "activate", (before, _) -> new Standing(null, before.locks()));
  }

  private boolean changed(
      String operator,
      String presented,
      String act,
      BiFunction<Standing, Instant, Standing> change) {
    Optional<Directory.Found> found =
        formats.typeOf(presented).flatMap(type -> directory.find(new Identifier(type, presented)));
    if (found.isEmpty()) {
      return false;
    }
    String person = found.get().person();
    Key<Standing> key = Standing.key(person);
    Instant now = changes.now();
    changes.commit(
        Act.onCallers(operator, "individual." + act + "=" + person),
        List.of(key),
        rows -> {
          Standing before = Optional.ofNullable(rows.get(key)).orElse(Standing.GOOD);
          rows.put(key, change.apply(before, now));
        });
    return true;
  }
}
