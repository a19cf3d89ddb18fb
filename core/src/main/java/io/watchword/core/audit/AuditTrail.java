package io.watchword.core.audit;

import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Unit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes audit records into one chain. Each start of each node has a chain of its own, so the head
 * is nobody else's row; the register, a chain too, tells which chains there are.
 *
 * <p>A record is written by {@link #append} inside the unit of the decision that it tells of: there
 * is no decision without its record and no record without its decision. A chain that nobody
 * {@linkplain #open opened} takes none.
 *
 * @param keyring makes the links
 * @param chain its name
 */
public record AuditTrail(Keyring keyring, String chain) {

  /** The chain that lists all chains. */
  public static final String REGISTER = "register";

  private static final int SEQUENCE_DIGITS = 12;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /**
   * Enters a new chain in the register.
   *
   * @param chain a name that was never used, node and start: 1 to 64 letters, digits and hyphens
   * @throws IllegalStateException if there is a chain of that name
   */
  public static AuditTrail open(Store store, Keyring keyring, String chain, Instant now) {
    if (chain.equals(REGISTER) || !NAME.matcher(chain).matches()) {
      throw new IllegalArgumentException("not a chain's name: " + chain);
    }
    var trail = new AuditTrail(keyring, chain);
    store.commit(new Opening(trail, now));
    return trail;
  }

  /**
   * Enters the chain's end in the register; from then on nothing can be appended. A chain whose
   * process died has no such entry.
   */
  public void close(Store store, Instant now) {
    store.commit(new Closing(this, now));
  }

  /** The row that a unit must name if it wants to {@link #append}. */
  public Key<ChainHead> head() {
    return ChainHead.TABLE.key(chain);
  }

  /**
   * Adds a record to the chain, inside the unit that it tells of.
   *
   * @throws StoreUnavailable if the chain is not open: then the unit changes nothing
   */
  public void append(Rows rows, AuditRecord record) {
    ChainHead last = rows.get(head());
    if (last == null || last.closed()) {
      throw new StoreUnavailable(
          StoreUnavailable.Reason.CLOSED,
          "the audit chain is not open, so nothing is decided",
          null);
    }
    append(rows, last, record);
  }

  /** The id of a record's row. */
  static String id(String chain, long sequence) {
    String digits = Long.toString(sequence);
    return chain + "/" + "0".repeat(Math.max(0, SEQUENCE_DIGITS - digits.length())) + digits;
  }

  static String digest(AuditRecord record) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(record.canonical()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What a link is made over: its place, the link before it, and the record's digest. */
  static byte[][] linked(String chain, long sequence, Mac before, String digest) {
    return new byte[][] {
      id(chain, sequence).getBytes(StandardCharsets.US_ASCII),
      before.value().getBytes(StandardCharsets.US_ASCII),
      digest.getBytes(StandardCharsets.US_ASCII)
    };
  }

  private void append(Rows rows, ChainHead last, AuditRecord record) {
    long sequence = last.sequence() + 1;
    String digest = digest(record);
    Mac link = keyring.mac(Keyring.Purpose.AUDIT, linked(chain, sequence, last.link(), digest));
    rows.insert(AuditRow.TABLE.key(id(chain, sequence)), new AuditRow(digest, link, record));
    rows.put(head(), new ChainHead(sequence, link, false));
  }

  /** The register needs no opening: its first record begins it. */
  private void register(Rows rows, AuditRecord.Event event, String sequence, Instant now) {
    var register = new AuditTrail(keyring, REGISTER);
    register.append(
        rows,
        Optional.ofNullable(rows.get(register.head())).orElse(ChainHead.EMPTY),
        new AuditRecord(
            now, event, "audit", chain, null, sequence, AuditRecord.ACCEPTED, List.of(), ""));
  }

  private List<Key<?>> ends() {
    return List.of(ChainHead.TABLE.key(REGISTER), head());
  }

  /** The head is there from the start, so that a chain that vanishes whole leaves a gap. */
  private record Opening(AuditTrail trail, Instant now) implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      return trail.ends();
    }

    @Override
    public Boolean apply(Rows rows) {
      if (rows.get(trail.head()) != null) {
        throw new IllegalStateException("there is an audit chain " + trail.chain + " already");
      }
      rows.put(trail.head(), ChainHead.EMPTY);
      trail.register(rows, AuditRecord.Event.CHAIN_OPENED, "", now);
      return true;
    }
  }

  /** Where the chain ends is read in the unit that says so: nothing gets between. */
  private record Closing(AuditTrail trail, Instant now) implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      return trail.ends();
    }

    @Override
    public Boolean apply(Rows rows) {
      ChainHead last = Optional.ofNullable(rows.get(trail.head())).orElse(ChainHead.EMPTY);
      if (last.closed()) {
        return false;
      }
      trail.register(rows, AuditRecord.Event.CHAIN_CLOSED, Long.toString(last.sequence()), now);
      rows.put(trail.head(), new ChainHead(last.sequence(), last.link(), true));
      return true;
    }
  }
}
