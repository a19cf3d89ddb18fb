package io.watchword.core.individual;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.keys.Keyring;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a person's static PIN on file (contract identity-v1 6). A new one takes the place of the one
 * before.
 */
public final class StorePin {

  private final Store store;
  private final Keyring keyring;
  private final AuditTrail audit;
  private final Ambient ambient;
  private final Directory directory;
  private final SlowHash hash;
  private final int history;

  /**
   * @param history how many former PINs may not be used again
   */
  public StorePin(
      Store store,
      Keyring keyring,
      AuditTrail audit,
      Ambient ambient,
      Directory directory,
      SlowHash hash,
      int history) {
    this.store = store;
    this.keyring = keyring;
    this.audit = audit;
    this.ambient = ambient;
    this.directory = directory;
    this.hash = hash;
    this.history = history;
  }

  /**
   * A PIN that somebody wants.
   *
   * @param door name of the wire format, for the audit
   * @param caller who asks, on the person's behalf
   * @param request the server's id of the request
   */
  public record Request(
      String door, String caller, Identifier identifier, String pin, String request) {

    /** Without the PIN. */
    @Override
    public String toString() {
      return "Request[" + door + ", " + caller + ", " + request + "]";
    }
  }

  /** What came of it. */
  public sealed interface Outcome {}

  /** It is on file. */
  public record Stored() implements Outcome {}

  /** It was one of the person's PINs already. */
  public record UsedBefore() implements Outcome {}

  /** The person is not served. */
  public record NotServed(StandingRefusal why) implements Outcome {}

  /**
   * Stores a PIN.
   *
   * @throws SlowHash.Busy if too many others are being hashed; nothing was changed
   */
  public Outcome store(Request request) throws SlowHash.Busy {
    Optional<Directory.Found> found = directory.find(request.identifier());
    if (found.isEmpty()) {
      return new NotServed(new StandingRefusal.Unknown(request.identifier().type()));
    }
    String person = found.get().person();
    StaticPin before = store.read(StaticPin.TABLE.key(person));
    if (before != null && usedBefore(before, request.pin())) {
      return new UsedBefore();
    }
    return store.commit(
        new Put(
            request,
            person,
            StandingRefusal.Check.of(
                request.identifier(), found.get().key(), person, request.caller(), keyring),
            hash.of(request.pin()),
            history,
            audit,
            ambient.now()));
  }

  private boolean usedBefore(StaticPin before, String pin) throws SlowHash.Busy {
    if (history == 0) {
      return false;
    }
    List<String> hashes = new ArrayList<>(before.former());
    hashes.addFirst(before.hash());
    for (String each : hashes.subList(0, Math.min(history, hashes.size()))) {
      if (hash.matches(each, pin)) {
        return true;
      }
    }
    return false;
  }

  private record Put(
      Request request,
      String person,
      StandingRefusal.Check standing,
      String hash,
      int history,
      AuditTrail audit,
      Instant now)
      implements Unit<Outcome> {

    private Key<StaticPin> key() {
      return StaticPin.TABLE.key(person);
    }

    @Override
    public Collection<Key<?>> keys() {
      List<Key<?>> keys = new ArrayList<>(standing.keys());
      keys.add(key());
      keys.add(audit.head());
      return keys;
    }

    @Override
    public Outcome apply(Rows rows) {
      StandingRefusal unserved = standing.onFile(rows, now);
      if (unserved == null) {
        unserved = standing.blocked(rows, now);
      }
      String outcome =
          unserved == null ? AuditRecord.ACCEPTED : unserved.getClass().getSimpleName();
      if (unserved == null) {
        rows.put(key(), new StaticPin(hash, former(rows.get(key()))));
      }
      audit.append(
          rows,
          new AuditRecord(
              now,
              AuditRecord.Event.PIN_STORED,
              request.door(),
              request.caller(),
              person,
              "",
              outcome,
              List.of(),
              request.request()));
      return unserved == null ? new Stored() : new NotServed(unserved);
    }

    private List<String> former(@Nullable StaticPin before) {
      if (before == null || history <= 1) {
        return List.of();
      }
      List<String> former = new ArrayList<>(before.former());
      former.addFirst(before.hash());
      return former.subList(0, Math.min(history - 1, former.size()));
    }
  }
}
