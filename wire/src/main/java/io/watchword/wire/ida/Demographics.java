package io.watchword.wire.ida;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Personal data to be compared with what is on file (contract ida 4.3). Members are written in the
 * order in which they were given; those not given are left out.
 *
 * <p>Immutable. {@code toString} names the members, never their values.
 */
public final class Demographics {

  // A four-digit year only: "uuuu" would write +10000.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT);

  private final Map<String, Value> members;

  private Demographics(Map<String, Value> members) {
    this.members = members;
  }

  /** A value of a member: text, or texts by language. */
  public sealed interface Value {

    /** The same in every language. */
    record Plain(@JsonValue String text) implements Value {}

    /** One text a language. */
    record Localized(@JsonValue List<Text> texts) implements Value {}

    /**
     * A text in a language.
     *
     * @param language three letters, ISO 639-3
     * @param value the text
     */
    record Text(String language, String value) {}
  }

  /** Starts an empty set. */
  public static Builder builder() {
    return new Builder();
  }

  /** The members by their wire name, in order. */
  @JsonValue
  public Map<String, Value> members() {
    return members;
  }

  @Override
  public String toString() {
    return "Demographics" + members.keySet();
  }

  /** Collects members. Languages are three letters, ISO 639-3, for example {@code eng}. */
  public static final class Builder {

    private final Map<String, Value> members = new LinkedHashMap<>();

    private Builder() {}

    /** Full name. */
    public Builder name(String language, String value) {
      return localized("name", language, value);
    }

    /** Date of birth. */
    public Builder dateOfBirth(LocalDate date) {
      return plain("dob", DATE.format(date));
    }

    /** Age in completed years; any age up to the true one matches. */
    public Builder age(int years) {
      return plain("age", Integer.toString(years));
    }

    /** Gender, as the server's master data calls it. */
    public Builder gender(String language, String value) {
      return localized("gender", language, value);
    }

    /** Phone number. */
    public Builder phoneNumber(String number) {
      return plain("phoneNumber", number);
    }

    /** Mail address. */
    public Builder emailId(String address) {
      return plain("emailId", address);
    }

    /**
     * A line of the address.
     *
     * @param line 1 to 3
     */
    public Builder addressLine(int line, String language, String value) {
      return localized("addressLine" + upToThree(line), language, value);
    }

    /**
     * A level of the location hierarchy: city, region, province by default.
     *
     * @param level 1 to 3
     */
    public Builder location(int level, String language, String value) {
      return localized("location" + upToThree(level), language, value);
    }

    /** Postal code. */
    public Builder postalCode(String code) {
      return plain("postalCode", code);
    }

    /** The whole address in one; not together with its parts. */
    public Builder fullAddress(String language, String value) {
      return localized("fullAddress", language, value);
    }

    /** Any other member that has one text for all languages. */
    public Builder plain(String member, String value) {
      if (members.putIfAbsent(member, new Value.Plain(value)) != null) {
        throw new IllegalArgumentException(member + " is given twice");
      }
      return this;
    }

    /** Any other member with a text by language; may be called once for each language. */
    public Builder localized(String member, String language, String value) {
      Value former = members.get(member);
      if (former instanceof Value.Plain) {
        throw new IllegalArgumentException(member + " is given both with and without language");
      }
      List<Value.Text> texts =
          former instanceof Value.Localized localized
              ? new ArrayList<>(localized.texts())
              : new ArrayList<>();
      if (texts.stream().anyMatch(text -> text.language().equals(language))) {
        throw new IllegalArgumentException(member + " is given twice in " + language);
      }
      texts.add(new Value.Text(language, value));
      members.put(member, new Value.Localized(List.copyOf(texts)));
      return this;
    }

    /**
     * The finished set.
     *
     * @throws IllegalArgumentException if it has no member
     */
    public Demographics build() {
      if (members.isEmpty()) {
        throw new IllegalArgumentException("demographics without a member");
      }
      return new Demographics(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
    }

    private static int upToThree(int number) {
      if (number < 1 || number > 3) {
        throw new IllegalArgumentException("1 to 3, not " + number);
      }
      return number;
    }
  }
}
