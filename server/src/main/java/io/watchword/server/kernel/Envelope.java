package io.watchword.server.kernel;

import io.watchword.wire.ida.Json;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The envelope of a request (contract kernel 1.1).
 *
 * @param readable whether there was a body, and it was JSON
 * @param id echoed in dialect kernel; {@code null}: there is none
 * @param version the same
 * @param fault what is wrong with the envelope itself; {@code null}: nothing
 * @param request its members; {@code null}: there is none
 */
public record Envelope(
    boolean readable,
    @Nullable String id,
    @Nullable String version,
    @Nullable String fault,
    @Nullable Members request) {

  private static final int LONGEST_ECHO = 128;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm")
          .optionalStart()
          .appendPattern(":ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .optionalEnd()
          .optionalStart()
          .appendLiteral('Z')
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** Of a call that has none. */
  public static final Envelope NONE = new Envelope(false, null, null, null, Members.NONE);

  /** Reads a body; what is wrong with it stands in the result. */
  public static Envelope read(byte[] body) {
    return read(
        body,
        members ->
            members.get("request").filter(node -> node.isObject()).map(Members::of).orElse(null),
        Envelope::timeFault);
  }

  /** Reads a body without an envelope: its members are those of the request. */
  public static Envelope bare(byte[] body) {
    return read(body, members -> members, members -> null);
  }

  private static Envelope read(
      byte[] body,
      Function<Members, @Nullable Members> request,
      Function<Members, @Nullable String> fault) {
    Optional<ObjectNode> json = Json.readObject(body);
    if (json.isEmpty()) {
      return new Envelope(false, null, null, "the body is not a JSON object", null);
    }
    Members members = Members.of(json.get());
    String version = members.text("version");
    return new Envelope(
        true,
        echo(members.text("id")),
        echo(version == null ? members.text("ver") : version),
        fault.apply(members),
        request.apply(members));
  }

  private static @Nullable String echo(@Nullable String text) {
    return text == null || text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO);
  }

  private static @Nullable String timeFault(Members members) {
    if (members.get("requesttime").isEmpty()) {
      return null;
    }
    try {
      TIME.parse(members.filled("requesttime"));
      return null;
    } catch (DateTimeParseException e) {
      return "requesttime is not a UTC date-time such as 2026-01-05T10:00:00.000Z";
    }
  }
}
