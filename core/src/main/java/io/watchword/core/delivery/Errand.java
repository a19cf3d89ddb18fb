package io.watchword.core.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Work that a decision leaves behind. It names who is concerned and holds no address; whoever runs
 * it looks those up then. It never holds a code.
 *
 * @param id 1 to 64 letters, digits and hyphens, unique: 128 random bits in hexadecimal
 * @param personId the internal id of whom it concerns: a person's, or an account's as the kind says
 * @param variables of the letter, as {@link LetterKind} lists them
 * @param created when the decision fell
 * @param due not to be run before
 * @param attempts how often it was taken up
 * @param served the channels on which its letter has left already
 * @param trouble why the last attempt did not finish it, or empty; neither address nor text
 */
public record Errand(
    Kind kind,
    String id,
    String personId,
    Map<String, String> variables,
    Instant created,
    Instant due,
    int attempts,
    List<Channel> served,
    String trouble) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final int MOST_VARIABLES = 20;
  private static final int LONGEST_VALUE = 200;

  /** What is to be done. */
  public enum Kind {
    /** A letter {@link LetterKind#NOTICE} on each channel on which the person can be reached. */
    NOTICE,

    /** A letter {@link LetterKind#DEVICE} to each address of an account. */
    DEVICE;

    /** What its letter is about. */
    public LetterKind letter() {
      return switch (this) {
        case NOTICE -> LetterKind.NOTICE;
        case DEVICE -> LetterKind.DEVICE;
      };
    }
  }

  /**
   * Of a long value the first 200 characters are kept: a partner's long name must not make the
   * decision fail that the errand belongs to.
   *
   * @throws IllegalArgumentException if a variable would hold a code, or if there are too many
   */
  public Errand {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("an errand's id is 1 to 64 letters, digits and hyphens");
    }
    if (variables.containsKey("otp")) {
      throw new IllegalArgumentException("an errand never holds a code");
    }
    if (variables.size() > MOST_VARIABLES) {
      throw new IllegalArgumentException("an errand has at most " + MOST_VARIABLES + " variables");
    }
    variables = Map.copyOf(variables);
    if (variables.values().stream().anyMatch(value -> value.length() > LONGEST_VALUE)) {
      variables =
          variables.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      Map.Entry::getKey, each -> shortened(each.getValue())));
    }
    served = List.copyOf(served);
  }

  /**
   * A notice to the person after a decision, due at once.
   *
   * @param id 128 random bits in hexadecimal
   * @param variables those of {@link LetterKind#NOTICE}
   */
  public static Errand notice(
      String id, String personId, Map<String, String> variables, Instant now) {
    return new Errand(Kind.NOTICE, id, personId, variables, now, now, 0, List.of(), "");
  }

  /**
   * A notice to the holder of an account after a device got a key, due at once.
   *
   * @param id 128 random bits in hexadecimal
   * @param account its internal id
   * @param variables those of {@link LetterKind#DEVICE}
   */
  public static Errand device(
      String id, String account, Map<String, String> variables, Instant now) {
    return new Errand(Kind.DEVICE, id, account, variables, now, now, 0, List.of(), "");
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
  }

  /** The same errand, taken up once more and nobody else's until the lease ends. */
  Errand leased(Instant now, Duration lease) {
    return new Errand(
        kind, id, personId, variables, created, now.plus(lease), attempts + 1, served, trouble);
  }

  /** The same errand, to be tried again. */
  public Errand again(Instant at, List<Channel> alsoServed, String why) {
    List<Channel> all = new ArrayList<>(served);
    alsoServed.stream().filter(channel -> !all.contains(channel)).forEach(all::add);
    return new Errand(kind, id, personId, variables, created, at, attempts, all, why);
  }

  @Override
  public String toString() {
    return "Errand[" + kind + " " + id + "]";
  }
}
