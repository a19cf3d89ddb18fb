package io.watchword.server.couriers;

import io.watchword.server.settings.values.Default;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * When an SMS gateway has taken a text: every rule that is set must hold.
 *
 * @param statuses HTTP status codes; 200, 201 and 202 by default
 * @param pointer a JSON pointer (RFC 6901) into the body, or empty
 * @param value what must stand at the pointer: a string, or a number or boolean as JSON writes it
 * @param pattern a regular expression that must be found in the body, or empty
 * @param reference where the gateway's own id of the text stands: a JSON pointer if it begins with
 *     a slash, else a regular expression whose first group is the id; or empty
 */
public record SmsAnswer(
    @Default("200,201,202") Set<Integer> statuses,
    Optional<String> pointer,
    Optional<String> value,
    Optional<String> pattern,
    Optional<String> reference) {

  /** Any of the usual statuses, whatever the body. */
  public static final SmsAnswer STANDARD =
      new SmsAnswer(
          Set.of(200, 201, 202),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final int LONGEST_REFERENCE = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public SmsAnswer {
    statuses = Set.copyOf(statuses);
  }

  /** Everything that is wrong, each with its key. */
  List<String> problems(String key) {
    List<String> problems = new ArrayList<>();
    if (statuses.isEmpty()) {
      problems.add(key + ".statuses: at least one");
    }
    if (pointer.isPresent() != value.isPresent()) {
      problems.add(key + ": pointer and value go together");
    }
    pointer
        .filter(each -> !isPointer(each))
        .ifPresent(each -> problems.add(key + ".pointer: not a JSON pointer: " + each));
    pattern
        .filter(each -> groups(each) < 0)
        .ifPresent(each -> problems.add(key + ".pattern: not a regular expression: " + each));
    reference
        .filter(each -> each.startsWith("/") ? !isPointer(each) : groups(each) < 1)
        .ifPresent(each ->
            problems.add(
                key + ".reference: neither a JSON pointer nor a pattern with a group: " + each));
    return problems;
  }

  /**
   * Reads an answer.
   *
   * @return why the text was not taken, without a word of the body, which may repeat it; or empty
   */
  Optional<String> refusal(int status, String body) {
    if (!statuses.contains(status)) {
      return Optional.of("answered " + status);
    }
    if (pointer.isPresent() && !at(pointer.get(), body).equals(value)) {
      return Optional.of("answered " + status + ", but not as wanted at " + pointer.get());
    }
    if (pattern.isPresent() && !Pattern.compile(pattern.get()).matcher(body).find()) {
      return Optional.of("answered " + status + ", but not matching the pattern");
    }
    return Optional.empty();
  }

  /** The gateway's id of the text, of which at most 100 printable characters count; or empty. */
  String referenceIn(String body) {
    return reference
        .flatMap(rule -> rule.startsWith("/") ? at(rule, body) : group(rule, body))
        .map(found -> found.replaceAll("\\P{Print}", ""))
        .map(found -> found.substring(0, Math.min(found.length(), LONGEST_REFERENCE)))
        .orElse("");
  }

  private static Optional<String> at(String pointer, String body) {
    try {
      JsonNode node = JSON.readTree(body).at(JsonPointer.compile(pointer));
      return node.isValueNode() && !node.isNull() ? Optional.of(node.asString()) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> group(String pattern, String body) {
    Matcher matcher = Pattern.compile(pattern).matcher(body);
    return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
  }

  private static boolean isPointer(String text) {
    try {
      JsonPointer.compile(text);
      return text.startsWith("/");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** How many groups a pattern has; -1 if it is none. */
  private static int groups(String pattern) {
    try {
      return Pattern.compile(pattern).matcher("").groupCount();
    } catch (PatternSyntaxException e) {
      return -1;
    }
  }
}
