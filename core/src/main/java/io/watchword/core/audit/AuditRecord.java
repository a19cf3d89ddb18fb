package io.watchword.core.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided, once for each decision.
 *
 * @param at the server's clock
 * @param event what was asked
 * @param door wire format, such as {@code ida}; {@code admin} for acts of operators
 * @param caller id of the partner, application or operator
 * @param person internal id, or the look-up key of what else it was about; {@code null} where
 *     nobody was found
 * @param transaction the caller's transaction id, or empty
 * @param outcome {@code accepted}, or the name of the refusal
 * @param factors each factor that was looked at and its result, such as {@code otp=wrong}; of a
 *     send, each letter and what became of it, such as {@code phone=taken:gateway}
 * @param request the server's id of the request, as in the logs
 */
public record AuditRecord(
    Instant at,
    Event event,
    String door,
    String caller,
    @Nullable String person,
    String transaction,
    String outcome,
    List<String> factors,
    String request) {

  /** The outcome of whatever was granted. */
  public static final String ACCEPTED = "accepted";

  /** What was asked. */
  public enum Event {
    CODE_SEND,
    AUTHENTICATION,
    KYC,
    /** A code was asked for and handed to who asked. */
    CODE_MADE,
    /** Such a code was given back. */
    CODE_CHECK,
    /** Somebody asked to be let in: a person with an account or a client. */
    LOG_IN,
    /** A session was renewed, or ended before its time. */
    SESSION,
    /** A login at a web page by a phone, from its start to its end. */
    MOBILE_LOGIN,
    /** A phone got a key for such logins, or lost it. */
    MOBILE_ENROLMENT,
    /** A person's static PIN was put on file. */
    PIN_STORED,
    /** A person got a VID. */
    VID_GENERATED,
    ADMINISTRATION,
    /** Refusals of callers who were not let in, counted for a minute. */
    REFUSALS,
    /** In the register: a chain begins. */
    CHAIN_OPENED,
    /** In the register: a chain ended in order; the transaction is its last sequence number. */
    CHAIN_CLOSED
  }

  /** The same but for its outcome. */
  public AuditRecord ended(String other) {
    return new AuditRecord(at, event, door, caller, person, transaction, other, factors, request);
  }

  /** The same record with what was looked at. */
  public AuditRecord withFactors(List<String> seen) {
    return new AuditRecord(at, event, door, caller, person, transaction, outcome, seen, request);
  }

  /**
   * The bytes that the chain is made over: every component in order, each text preceded by its
   * length, so that no two records have the same bytes.
   */
  public byte[] canonical() {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(at.getEpochSecond());
      out.writeInt(at.getNano());
      text(out, event.name());
      text(out, door);
      text(out, caller);
      out.writeBoolean(person != null);
      text(out, person == null ? "" : person);
      text(out, transaction);
      text(out, outcome);
      out.writeInt(factors.size());
      for (String factor : factors) {
        text(out, factor);
      }
      text(out, request);
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}
