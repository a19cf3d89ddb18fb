package io.watchword.server.pages;

import io.watchword.server.couriers.OutboxCourier.OutboxMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the demo's page shows.
 *
 * @param config where the partner's configuration lies
 */
public record DemoPage(
    String config, List<Request> requests, List<LetterView> letters, List<Person> people) {

  /** A request as a row. */
  public record Request(
      String time,
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
          trace.operation(),
          trace.partner(),
          trace.transaction(),
          trace.codes().isEmpty() ? "accepted" : String.join(", ", trace.codes()),
          trace.step(),
          trace.codes(),
          trace.detail());
    }
  }

  /** A letter as an article. */
  public record LetterView(
      String channel, String to, String subject, List<String> paragraphs, String time) {

    static LetterView of(OutboxMessage message) {
      return new LetterView(
          message.channel(),
          message.to(),
          message.subject(),
          message.text().lines().filter(line -> !line.isBlank()).toList(),
          message.at().toString());
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
