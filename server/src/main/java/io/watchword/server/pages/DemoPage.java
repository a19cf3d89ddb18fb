package io.watchword.server.pages;

import io.watchword.server.couriers.OutboxCourier.OutboxMessage;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the demo's page shows.
 *
 * @param renews whether the page asks for itself again every five seconds
 * @param config where the partner's configuration lies
 */
public record DemoPage(
    boolean renews,
    String config,
    List<Request> requests,
    List<LetterView> letters,
    List<Person> people) {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * A request as a row.
   *
   * @param clock the time of day in UTC
   */
  public record Request(
      String time,
      String clock,
      String operation,
      String partner,
      String transaction,
      String answer,
      String step,
      List<String> codes,
      Map<String, String> detail) {

    static Request of(RequestLog.Trace trace) {
      return new Request(
          trace.at().toString(),
          CLOCK.format(trace.at()),
          trace.operation(),
          trace.partner(),
          trace.transaction(),
          trace.codes().isEmpty() ? "accepted" : String.join(", ", trace.codes()),
          trace.step(),
          trace.codes(),
          trace.detail());
    }
  }

  /**
   * A letter as an article.
   *
   * @param clock the time of day in UTC
   */
  public record LetterView(
      String channel,
      String to,
      String subject,
      List<String> paragraphs,
      String time,
      String clock) {

    static LetterView of(OutboxMessage message) {
      return new LetterView(
          message.channel(),
          message.to(),
          message.subject(),
          message.text().lines().filter(line -> !line.isBlank()).toList(),
          message.at().toString(),
          CLOCK.format(message.at()));
    }
  }

  /** A person as a row; what does not apply is empty. */
  public record Person(
      String kind, String name, String uin, String vid, String handle, String email, String phone) {

    /** A row of what is known. */
    public static Person of(
        String kind,
        @Nullable String name,
        @Nullable String uin,
        @Nullable String vid,
        @Nullable String handle,
        @Nullable String email,
        @Nullable String phone) {
      return new Person(
          kind,
          orEmpty(name),
          orEmpty(uin),
          orEmpty(vid),
          orEmpty(handle),
          orEmpty(email),
          orEmpty(phone));
    }

    private static String orEmpty(@Nullable String text) {
      return Optional.ofNullable(text).orElse("");
    }
  }
}
