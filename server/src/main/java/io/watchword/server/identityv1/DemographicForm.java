package io.watchword.server.identityv1;

import io.watchword.core.authentication.Claim;
import io.watchword.core.authentication.Claim.Kind;
import io.watchword.core.authentication.Demographics;
import io.watchword.core.individual.DateOfBirth;
import io.watchword.core.partner.Policy;
import io.watchword.core.partner.Strategy;
import io.watchword.server.settings.IdentityV1DoorSettings;
import io.watchword.wire.identityv1.Fault;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The demographic factor of a request (contract identity-v1 5).
 *
 * @param claims in the order of the contract's table
 */
record DemographicForm(List<Claim> claims) {

  private static final int LONGEST_ADDRESS = 155;
  private static final int OLDEST = 150;
  private static final int MOST_ENTRIES = 8;
  private static final List<DateTimeFormatter> DATES =
      List.of("uuuu-MM-dd", "uuuu/MM/dd", "dd/MM/uuuu").stream()
          .map(DemographicForm::date)
          .toList();

  /** An attribute of the wire (contract identity-v1 5.2). */
  private enum Attribute {
    NAME("name", "pi", true, 50, Kind.NAME, "fullName", "firstName", "middleName", "lastName"),
    DATE_OF_BIRTH("dateOfBirth", "pi", false, 10, Kind.DATE_OF_BIRTH, null, "dateOfBirth"),
    DOB_TYPE("dobType", "pi", false, 1, Kind.TEXT, null, "dobType"),
    AGE("age", "pi", false, 3, Kind.AGE, null, "dateOfBirth"),
    GENDER("gender", "pi", false, 10, Kind.GENDER, null, "gender"),
    PHONE("phoneNumber", "pi", false, 15, Kind.PHONE, null, "phone"),
    EMAIL("emailId", "pi", false, 50, Kind.EMAIL, null, "email"),
    LINE_1("addressLine1", "ad", true, 50, Kind.ADDRESS, null, "addressLine1"),
    LINE_2("addressLine2", "ad", true, 50, Kind.ADDRESS, null, "addressLine2"),
    LINE_3("addressLine3", "ad", true, 50, Kind.ADDRESS, null, "addressLine3"),
    CITY("location1", "ad", true, 15, Kind.ADDRESS, null, "city"),
    REGION("location2", "ad", true, 15, Kind.ADDRESS, null, "region"),
    PROVINCE("location3", "ad", true, 15, Kind.ADDRESS, null, "province"),
    POSTAL_CODE("pinCode", "ad", false, 10, Kind.ADDRESS, null, "postalCode"),
    FULL_ADDRESS(
        "fullAddress",
        "fad",
        true,
        LONGEST_ADDRESS,
        Kind.ADDRESS,
        "fullAddress",
        "addressLine1",
        "addressLine2",
        "addressLine3",
        "city",
        "region",
        "province",
        "postalCode");

    final String member;
    final String group;
    final boolean languages;
    final int longest;
    final Kind kind;
    final @Nullable String whole;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    final List<String> stored;

    Attribute(
        String member,
        String group,
        boolean languages,
        int longest,
        Kind kind,
        @Nullable String whole,
        String... stored) {
      this.member = member;
      this.group = group;
      this.languages = languages;
      this.longest = longest;
      this.kind = kind;
      this.whole = whole;
      this.stored = List.of(stored);
    }

    Node of(Node identity) {
      Node given = identity.get(member);
      return this == DATE_OF_BIRTH && !given.present() ? identity.get("dob") : given;
    }
  }

  /** Stands beside the groups where a text is given in the secondary language. */
  static final String SECONDARY = "secondary language";

  /** The groups of which something is given: {@code pi}, {@code ad}, {@code fad}. */
  static Set<String> groups(Node identity) {
    Set<String> groups = new LinkedHashSet<>();
    for (Attribute attribute : Attribute.values()) {
      if (attribute.of(identity).present()) {
        groups.add(attribute.group);
      }
    }
    return groups;
  }

  /** The groups, and {@link #SECONDARY} if that language is spoken. */
  static Set<String> asked(Node identity, IdentityV1DoorSettings settings) {
    Set<String> asked = groups(identity);
    for (Attribute attribute : Attribute.values()) {
      JsonNode given = attribute.of(identity).json();
      if (attribute.languages && given != null && given.isArray()) {
        for (JsonNode entry : given) {
          String written = entry.path("language").stringValue("").strip();
          if (Languages.configured(written, settings.languages())
              .filter(settings.secondaryLanguage()::equals)
              .isPresent()) {
            asked.add(SECONDARY);
          }
        }
      }
    }
    return asked;
  }

  /**
   * By which rules a form is read.
   *
   * @param policy of the relying party, whose strategies come before those of the settings
   * @param today by which a date of birth may not lie in the future
   */
  record Rules(
      IdentityV1DoorSettings settings, Policy policy, Demographics demographics, LocalDate today) {}

  /**
   * Checks everything and reports all faults together.
   *
   * @param identity the member {@code request/identity}
   * @param faults gets what is wrong
   */
  static DemographicForm of(Node identity, Rules rules, List<Fault> faults) throws Refused {
    IdentityV1DoorSettings settings = rules.settings();
    Set<String> groups = groups(identity);
    if (groups.isEmpty()) {
      faults.add(Faults.NO_CLAIM);
    }
    if (settings.claims().addressExclusive() && groups.contains("ad") && groups.contains("fad")) {
      faults.add(Faults.BOTH_ADDRESSES);
    }
    List<Claim> claims = new ArrayList<>();
    for (Attribute attribute : Attribute.values()) {
      Node given = attribute.of(identity);
      if (given.present()) {
        Reader reader = new Reader(attribute, rules, faults);
        reader.read(given, claims);
      }
    }
    return new DemographicForm(claims);
  }

  /** Reads the entries of one attribute. */
  private record Reader(Attribute attribute, Rules rules, List<Fault> faults) {

    private IdentityV1DoorSettings settings() {
      return rules.settings();
    }

    /** Those of the primary language first, in whatever order they came. */
    void read(Node given, List<Claim> all) throws Refused {
      List<Claim> claims = new ArrayList<>();
      readEntries(given, claims);
      claims.sort(
          Comparator.comparing(claim -> !settings().primaryLanguage().equals(claim.language())));
      all.addAll(claims);
    }

    private void readEntries(Node given, List<Claim> claims) throws Refused {
      JsonNode json = given.json();
      if (json == null || json.isValueNode()) {
        // A bare value stands for one entry without language.
        add(null, Optional.ofNullable(json).map(JsonNode::asString).orElse(""), claims);
        return;
      }
      if (!json.isArray()) {
        throw Refused.unreadable(io.helidon.http.Status.BAD_REQUEST_400);
      }
      if (json.isEmpty() || json.size() > MOST_ENTRIES) {
        fault(Faults.invalid(attribute.member));
      }
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < Math.min(json.size(), MOST_ENTRIES); i++) {
        if (!json.get(i).isObject()) {
          throw Refused.unreadable(io.helidon.http.Status.BAD_REQUEST_400);
        }
        Node entry = new Node(json.get(i));
        String written = entry.filled("language").filter(text -> !text.equals("null")).orElse("");
        Optional<String> language = Languages.configured(written, settings().languages());
        if (language.isEmpty()) {
          fault(Faults.unsupportedLanguage(cut(written)));
        } else if (!seen.add(language.get())) {
          fault(Faults.invalid(attribute.member));
        } else {
          add(language.get(), entry.filled("value").orElse(""), claims);
        }
      }
    }

    private void add(@Nullable String language, String value, List<Claim> claims) {
      Optional<String> written = written(value.strip());
      if (written.isEmpty()) {
        fault(Faults.invalid(attribute.member));
        return;
      }
      String spoken = language == null ? settings().primaryLanguage() : language;
      Strategy strategy = strategy();
      if (!rules.demographics().supports(strategy, spoken)) {
        fault(Faults.noPhonetics(Languages.two(spoken)));
        return;
      }
      claims.add(
          new Claim(
              attribute.member,
              attribute.stored,
              attribute.languages ? spoken : null,
              written.get(),
              attribute.kind,
              false,
              strategy,
              attribute.whole));
    }

    private Strategy strategy() {
      IdentityV1DoorSettings.Claims how = settings().claims();
      return switch (attribute) {
        case NAME ->
            rules
                .policy()
                .matching()
                .getOrDefault(Policy.Text.NAME, strategy(how.name(), how.threshold()));
        case FULL_ADDRESS ->
            rules
                .policy()
                .matching()
                .getOrDefault(
                    Policy.Text.FULL_ADDRESS, strategy(how.fullAddress(), how.threshold()));
        default -> Strategy.EXACT;
      };
    }

    private static Strategy strategy(IdentityV1DoorSettings.Method method, int threshold) {
      return switch (method) {
        case EXACT -> Strategy.EXACT;
        case PARTIAL -> new Strategy(Strategy.Method.PARTIAL, threshold);
        case PHONETIC -> new Strategy(Strategy.Method.PHONETIC, threshold);
      };
    }

    /** As the core compares it; empty: it has another form. */
    private Optional<String> written(String value) {
      if (value.isEmpty() || value.codePointCount(0, value.length()) > attribute.longest) {
        return Optional.empty();
      }
      return switch (attribute) {
        case DATE_OF_BIRTH ->
            DATES.stream()
                .flatMap(form -> parse(form, value).stream())
                .filter(date -> !date.isAfter(rules.today()))
                .findFirst()
                .map(DateOfBirth::format);
        case DOB_TYPE -> matching(value.toUpperCase(Locale.ROOT), "[VDA]");
        case AGE ->
            matching(value, "[0-9]{1,3}").filter(years -> Integer.parseInt(years) <= OLDEST);
        case PHONE -> matching(value, "[0-9+ -]{9,15}");
        case EMAIL -> matching(value, "[^@\\s]+@[^@\\s]+").filter(text -> text.length() >= 7);
        default -> Optional.of(value);
      };
    }

    private void fault(Fault fault) {
      if (!faults.contains(fault)) {
        faults.add(fault);
      }
    }
  }

  private static Optional<String> matching(String value, String form) {
    return value.matches(form) ? Optional.of(value) : Optional.empty();
  }

  private static DateTimeFormatter date(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static Optional<LocalDate> parse(DateTimeFormatter form, String value) {
    try {
      return Optional.of(LocalDate.parse(value, form));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String cut(String text) {
    return text.length() <= 16 ? text : text.substring(0, 16);
  }

  /**
   * How a claim is told that differs (contract identity-v1 5.6).
   *
   * @param primary ISO 639-3 code of the primary language
   */
  static Fault mismatched(Claim claim, String primary) {
    boolean first = claim.language() == null || claim.language().equals(primary);
    return switch (claim.member()) {
      case "name" ->
          first
              ? differs("001", "Name in primary language(pi)")
              : differs("002", "Name in secondary language(pi)");
      case "fullAddress" ->
          first
              ? differs("011", "Address in primary language(fad)")
              : differs("012", "Address in secondary language(fad)");
      case "dateOfBirth" -> differs("023", "DOB(pi)");
      case "age" -> differs("024", "Age(pi)");
      case "gender" -> differs("025", "Gender(pi)");
      case "phoneNumber" -> differs("026", "Phone(pi)");
      case "emailId" -> differs("027", "email(pi)");
      case "dobType" -> differs("033", "DOB Type (pi)");
      default ->
          first
              ? differs("013", "Address Line Items in primary language (ad)")
              : differs("028", "Address Line Items in secondary language (ad)");
    };
  }

  private static Fault differs(String number, String what) {
    return Faults.of("IDA-DEA-" + number, "Demographic data - " + what + " did not match");
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "DemographicForm[" + claims.size() + "]";
  }
}
