package io.watchword.server.kernel;

import io.watchword.wire.ida.Json;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The envelope of a request (contract kernel 1.1).
 *
 * @param id echoed in dialect kernel; {@code null}: there was no readable body
 * @param version the same
 * @param fault what is wrong with the envelope itself; {@code null}: nothing
 * @param request its members; {@code null}: there is none
 */
public record Envelope(
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
  public static final Envelope NONE = new Envelope(null, null, null, Members.NONE);

  /** Reads a body; what is wrong with it stands in the result. */
  public static Envelope read(byte[] body) {
    Optional<ObjectNode> json = Json.readObject(body);
    if (json.isEmpty()) {
      return new Envelope(null, null, "the body is not a JSON object", null);
    }
    Members members = Members.of(json.get());
    String version = members.text("version");
    return new Envelope(
        echo(members.text("id")),
        echo(version == null ? members.text("ver") : version),
        timeFault(members),
        members.get("request").filter(node -> node.isObject()).map(Members::of).orElse(null));
  }

  private static String echo(@Nullable String text) {
    if (text == null) {
      return "";
    }
    return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO);
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
