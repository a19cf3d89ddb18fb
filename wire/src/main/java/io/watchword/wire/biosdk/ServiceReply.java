package io.watchword.wire.biosdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a reply, as a service writes it (contract biosdk 2).
 *
 * @param version echo of the request's
 * @param responsetime UTC with three decimals
 * @param response an {@link Answer}, a {@link ServiceInfo}, or the empty text with a fault
 * @param errors empty on success
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ServiceReply(
    @Nullable String version, String responsetime, Object response, List<ServiceError> errors) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** A result. */
  public static ServiceReply of(Instant now, Object response) {
    return new ServiceReply(RequestEnvelope.VERSION, TIME.format(now), response, List.of());
  }

  /** A fault. */
  public static ServiceReply of(@Nullable String version, Instant now, ServiceError error) {
    return new ServiceReply(version, TIME.format(now), "", List.of(error));
  }
}
