package io.watchword.server.identityv1;

import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.DateOfBirth;
import io.watchword.core.kyc.ShareIdentity;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what a KYC gives out (contract identity-v1 9.2 to 9.4).
 *
 * @param languages that the answer has, ISO 639-3, the primary one first
 */
record KycAnswer(List<String> languages) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);

  /** Name on the wire and stored attribute, in the order of the source document's sample. */
  private static final Map<String, String> MEMBERS = new LinkedHashMap<>();

  static {
    MEMBERS.put("name", "fullName");
    MEMBERS.put("dateOfBirth", "dateOfBirth");
    MEMBERS.put("age", "dateOfBirth");
    MEMBERS.put("gender", "gender");
    MEMBERS.put("phoneNumber", "phone");
    MEMBERS.put("emailId", "email");
    MEMBERS.put("addressLine1", "addressLine1");
    MEMBERS.put("addressLine2", "addressLine2");
    MEMBERS.put("addressLine3", "addressLine3");
    MEMBERS.put("location1", "city");
    MEMBERS.put("location2", "region");
    MEMBERS.put("location3", "province");
    MEMBERS.put("pinCode", "postalCode");
  }

  /** The member {@code identity}. */
  Map<String, List<Map<String, String>>> identity(ShareIdentity.Shared shared, LocalDate today) {
    Map<String, List<Map<String, String>>> identity = new LinkedHashMap<>();
    texts(shared, today)
        .forEach((member, values) -> {
          List<Map<String, String>> entries = new ArrayList<>();
          values.forEach((language, value) -> {
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("language", Languages.two(language));
            entry.put("value", value);
            entries.add(entry);
          });
          identity.put(member, entries);
        });
    Optional.ofNullable(shared.portrait())
        .ifPresent(portrait ->
            identity.put(
                "photo",
                List.of(Map.of("value", Base64.getEncoder().encodeToString(portrait.image())))));
    return identity;
  }

  /** The texts of each member by language. */
  Map<String, Map<String, String>> texts(ShareIdentity.Shared shared, LocalDate today) {
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    MEMBERS.forEach((member, attribute) -> {
      Map<String, String> values = values(shared.attributes(), member, attribute, today);
      if (!values.isEmpty()) {
        texts.put(member, values);
      }
    });
    return texts;
  }

  private Map<String, String> values(
      Map<String, Attribute> attributes, String member, String attribute, LocalDate today) {
    Map<String, String> values = new LinkedHashMap<>();
    switch (attributes.get(attribute)) {
      case null -> {
        if (member.equals("name")) {
          return joinedName(attributes);
        }
      }
      case Attribute.Plain(String value) -> {
        Optional<String> written =
            switch (member) {
              case "dateOfBirth" -> DateOfBirth.parse(value).map(DATE::format);
              case "age" ->
                  DateOfBirth.parse(value)
                      .map(born -> Long.toString(DateOfBirth.completedYears(born, today)));
              default -> Optional.of(value);
            };
        // What has no language is told as being in the primary one.
        written.ifPresent(text -> values.put(languages.getFirst(), text));
      }
      case Attribute.Localized(Map<String, String> stored) ->
          languages.forEach(language -> {
            String value = stored.get(language);
            if (value != null) {
              values.put(language, value);
            }
          });
    }
    return values;
  }

  private Map<String, String> joinedName(Map<String, Attribute> attributes) {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    for (String part : List.of("firstName", "middleName", "lastName")) {
      switch (attributes.get(part)) {
        case null -> {}
        case Attribute.Plain(String value) ->
            parts.computeIfAbsent(languages.getFirst(), _ -> new ArrayList<>()).add(value);
        case Attribute.Localized(Map<String, String> stored) ->
            languages.forEach(language -> {
              String value = stored.get(language);
              if (value != null) {
                parts.computeIfAbsent(language, _ -> new ArrayList<>()).add(value);
              }
            });
      }
    }
    Map<String, String> names = new LinkedHashMap<>();
    parts.forEach((language, words) -> names.put(language, String.join(" ", words)));
    return names;
  }
}
