package io.watchword.core.individual;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Gives a person a VID (contract identity-v1 7.3). Of those that this story gives, a person has at
 * most one in force at a time; VIDs that came with an import do not count. A VID says nothing about
 * the UIN.
 */
public final class GenerateVid {

  /** So many that are taken mean that something else is wrong. */
  private static final int MOST_TRIES = 16;

  private final Store store;
  private final Keyring keyring;
  private final AuditTrail audit;
  private final Ambient ambient;
  private final Directory directory;
  private final int digits;
  private final Duration validity;

  /**
   * @param digits of a VID, the check digit among them
   * @param validity from its generation on
   */
  public GenerateVid(
      Store store,
      Keyring keyring,
      AuditTrail audit,
      Ambient ambient,
      Directory directory,
      int digits,
      Duration validity) {
    this.store = store;
    this.keyring = keyring;
    this.audit = audit;
    this.ambient = ambient;
    this.directory = directory;
    this.digits = digits;
    this.validity = validity;
  }

  /**
   * A VID that somebody wants.
   *
   * @param door name of the wire format, for the audit
   * @param caller who asks, on the person's behalf
   * @param uin of the person
   * @param request the server's id of the request
   */
  public record Request(String door, String caller, Identifier uin, String request) {

    /** Without the UIN. */
    @Override
    public String toString() {
      return "Request[" + door + ", " + caller + ", " + request + "]";
    }
  }

  /** What came of it. */
  public sealed interface Outcome {}

  /** A new one. */
  public record Generated(String vid) implements Outcome {
    @Override
    public String toString() {
      return "Generated[sealed]";
    }
  }

  /** The one that is in force. */
  public record InForce(String vid) implements Outcome {
    @Override
    public String toString() {
      return "InForce[sealed]";
    }
  }

  /** None is in force; only {@link #existing} says so. */
  public record None() implements Outcome {}

  /** No free number was found. */
  public record Exhausted() implements Outcome {}

  /** The person is not served. */
  public record NotServed(StandingRefusal why) implements Outcome {}

  /** The VID that is in force, or a new one. */
  public Outcome generate(Request request) {
    return answer(request, true);
  }

  /** The VID that is in force; makes none. */
  public Outcome existing(Request request) {
    return answer(request, false);
  }

  private Outcome answer(Request request, boolean make) {
    Optional<Directory.Found> found = directory.find(request.uin());
    if (found.isEmpty()) {
      return new NotServed(new StandingRefusal.Unknown(request.uin().type()));
    }
    String person = found.get().person();
    var standing =
        StandingRefusal.Check.of(
            request.uin(), found.get().key(), person, request.caller(), keyring);
    GeneratedVid known = store.read(GeneratedVid.TABLE.key(person));
    for (int i = 0; i < MOST_TRIES; i++) {
      Instant now = ambient.now();
      String vid = next();
      Optional<Outcome> outcome =
          store.commit(
              new Give(
                  request,
                  person,
                  standing,
                  known == null ? vid : known.vid(),
                  vid,
                  make,
                  now,
                  now.plus(validity),
                  keyring,
                  audit));
      if (outcome.isPresent()) {
        return outcome.get();
      }
      known = store.read(GeneratedVid.TABLE.key(person));
    }
    return new Exhausted();
  }

  /** Random digits, the first one neither 0 nor 1, and the check digit. */
  private String next() {
    String random;
    do {
      random = ambient.digits(digits - 1);
    } while (random.charAt(0) < '2');
    return random + IdentifierFormats.checkDigit(random);
  }

  /**
   * @param known number of the last one, whose row tells whether it was revoked
   * @param vid a free number, unless it is taken
   */
  private record Give(
      Request request,
      String person,
      StandingRefusal.Check standing,
      String known,
      String vid,
      boolean make,
      Instant now,
      Instant expiresAt,
      Keyring keyring,
      AuditTrail audit)
      implements Unit<Optional<Outcome>> {

    private Key<GeneratedVid> key() {
      return GeneratedVid.TABLE.key(person);
    }

    private Key<IdentifierRow> row(String number) {
      return IdentifierRow.key(keyring.lookup(IdentifierType.VID.name(), number));
    }

    @Override
    public Collection<Key<?>> keys() {
      List<Key<?>> keys = new ArrayList<>(standing.keys());
      keys.add(key());
      keys.add(row(vid));
      if (!known.equals(vid)) {
        keys.add(row(known));
      }
      keys.add(audit.head());
      return keys;
    }

    @Override
    public Optional<Outcome> apply(Rows rows) {
      StandingRefusal unserved = standing.onFile(rows, now);
      if (unserved == null) {
        unserved = standing.blocked(rows, now);
      }
      if (unserved != null) {
        return Optional.of(new NotServed(unserved));
      }
      GeneratedVid last = rows.get(key());
      if (last != null && !last.vid().equals(known)) {
        return Optional.empty(); // another request was faster
      }
      IdentifierRow lastRow = last == null ? null : rows.get(row(known));
      if (lastRow != null && !lastRow.gone() && !lastRow.expired(now)) {
        return Optional.of(new InForce(known));
      }
      if (!make) {
        return Optional.of(new None());
      }
      if (rows.get(row(vid)) != null) {
        return Optional.empty();
      }
      rows.put(
          row(vid),
          new IdentifierRow(
              person, IdentifierType.VID, IdentifierRow.State.ACTIVE, expiresAt, null));
      rows.put(key(), new GeneratedVid(vid, expiresAt));
      audit.append(
          rows,
          new AuditRecord(
              now,
              AuditRecord.Event.VID_GENERATED,
              request.door(),
              request.caller(),
              person,
              "",
              AuditRecord.ACCEPTED,
              List.of(),
              request.request()));
      return Optional.of(new Generated(vid));
    }
  }
}
