package io.watchword.server.ida;

import io.watchword.core.authentication.Claim;
import io.watchword.core.authentication.Demographics;
import io.watchword.wire.ida.IdaError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code demographics} of a decrypted request (contract ida 4.3).
 *
 * @param members those that are present, in the order in which they are compared
 * @param malformed names of members whose JSON has the wrong shape
 */
record DemographicForm(List<Given> members, List<String> malformed) {

  private static final int LONGEST_VALUE = 1_000;
  private static final int MOST_MEMBERS = 64;

  private static final Set<String> LISTS =
      Set.of(
          IdentityMapping.NAME,
          IdentityMapping.DOB_TYPE,
          IdentityMapping.GENDER,
          "addressLine1",
          "addressLine2",
          "addressLine3",
          "location1",
          "location2",
          "location3",
          IdentityMapping.FULL_ADDRESS);

  private static final List<String> BUILT_IN =
      List.of(
          IdentityMapping.NAME,
          IdentityMapping.DOB,
          IdentityMapping.DOB_TYPE,
          IdentityMapping.AGE,
          IdentityMapping.GENDER,
          IdentityMapping.PHONE,
          IdentityMapping.EMAIL,
          "addressLine1",
          "addressLine2",
          "addressLine3",
          "location1",
          "location2",
          "location3",
          IdentityMapping.POSTAL_CODE,
          IdentityMapping.FULL_ADDRESS);

  /** A member that is present. */
  record Given(String name, boolean dynamic, boolean list, List<Value> values) {}

  /** One value of a member. */
  record Value(@Nullable String language, @Nullable String text) {}

  static final DemographicForm NONE = new DemographicForm(List.of(), List.of());

  /** Reads the member, which may be absent. */
  static DemographicForm of(@Nullable JsonNode demographics) {
    if (demographics == null || demographics.isNull()) {
      return NONE;
    }
    if (!demographics.isObject()) {
      return new DemographicForm(List.of(), List.of("request/demographics"));
    }
    var members = new ArrayList<Given>();
    var malformed = new ArrayList<String>();
    for (String name : BUILT_IN) {
      read(demographics.get(name), name, false, members, malformed);
    }
    for (Map.Entry<String, JsonNode> entry : demographics.properties()) {
      if (!BUILT_IN.contains(entry.getKey()) && !entry.getKey().equals("metadata")) {
        read(entry.getValue(), entry.getKey(), true, members, malformed);
      }
    }
    if (members.size() > MOST_MEMBERS) {
      malformed.add("request/demographics");
    }
    return new DemographicForm(members, malformed);
  }

  /** Whether there is no demographic factor. */
  boolean absent() {
    return members.isEmpty() && malformed.isEmpty();
  }

  private static void read(
      @Nullable JsonNode node,
      String name,
      boolean dynamic,
      List<Given> members,
      List<String> malformed) {
    if (node == null || node.isNull() || (node.isArray() && node.isEmpty())) {
      return;
    }
    if (node.isString() && (dynamic || !LISTS.contains(name))) {
      String text = node.stringValue();
      if (text.length() > LONGEST_VALUE) {
        malformed.add(name);
      }
      members.add(new Given(name, dynamic, false, List.of(new Value(null, text))));
    } else if (node.isArray() && (dynamic || LISTS.contains(name))) {
      var values = new ArrayList<Value>();
      for (JsonNode entry : node) {
        Member language = Member.of(entry, "language");
        Member value = Member.of(entry, "value");
        boolean wrong =
            !entry.isObject()
                || language.wrongType()
                || value.wrongType()
                || value.orEmpty().length() > LONGEST_VALUE;
        if (wrong) {
          malformed.add(name);
          return;
        }
        values.add(new Value(language.text(), value.text()));
      }
      members.add(new Given(name, dynamic, true, values));
    } else {
      malformed.add(name);
    }
  }

  /** Step V6; adds to the errors that are there. */
  void check(List<IdaError> errors, IdaSettings settings, IdentityMapping mapping) {
    malformed.forEach(name -> errors.add(IdaErrors.invalid(name)));
    for (Given given : members) {
      if (given.list() && !given.dynamic() && !given.name().equals(IdentityMapping.DOB_TYPE)) {
        checkLanguages(given, errors, settings);
      }
    }
    boolean nullValue =
        members.stream().flatMap(given -> given.values().stream()).anyMatch(v -> v.text() == null);
    // A factor that would compare nothing must not count as one that matched.
    boolean unusable = !members.isEmpty() && claims(mapping, settings.languages()).isEmpty();
    if (nullValue || unusable || (has(IdentityMapping.FULL_ADDRESS) && hasAddressPart())) {
      errors.add(IdaErrors.missingDemo());
    }
    boolean badAge =
        members.stream()
            .filter(given -> given.name().equals(IdentityMapping.AGE) && !given.dynamic())
            .anyMatch(given -> Demographics.claimedAge(text(given)).isEmpty());
    if (badAge) {
      errors.add(IdaErrors.invalid(IdentityMapping.AGE));
    }
  }

  private static void checkLanguages(Given given, List<IdaError> errors, IdaSettings settings) {
    var seen = new HashSet<String>();
    for (Value value : given.values()) {
      String language = value.language();
      if (language == null || language.isEmpty()) {
        errors.add(IdaErrors.missing("LanguageCode"));
      } else if (errors.isEmpty() && !settings.languages().contains(language)) {
        errors.add(
            new IdaError(
                "IDA-DEA-002",
                "Unsupported Language Code - request : " + language,
                "Please provide valid Language"));
      } else if (errors.isEmpty() && !seen.add(language)) {
        errors.add(IdaErrors.invalid("LanguageCode"));
      }
    }
  }

  /** What the members claim, in the order of contract ida 6.7. */
  List<Claim> claims(IdentityMapping mapping, List<String> languages) {
    var claims = new ArrayList<Claim>();
    for (Given given : members) {
      List<String> attributes =
          given.dynamic()
              ? mapping.behind(given.name())
              : Optional.ofNullable(mapping.builtIn().get(given.name())).orElse(List.of());
      if (attributes.isEmpty()) {
        continue;
      }
      given.values().stream()
          .sorted((one, other) -> rank(one, languages) - rank(other, languages))
          .forEach(value ->
              claims.add(
                  new Claim(
                      given.name(),
                      attributes,
                      value.language(),
                      Optional.ofNullable(value.text()).orElse(""),
                      kind(given, attributes, mapping),
                      given.dynamic())));
    }
    return claims;
  }

  private static Claim.Kind kind(Given given, List<String> attributes, IdentityMapping mapping) {
    if (!given.dynamic() && given.name().equals(IdentityMapping.DOB)) {
      return Claim.Kind.DATE_OF_BIRTH;
    }
    if (!given.dynamic() && given.name().equals(IdentityMapping.AGE)) {
      return Claim.Kind.AGE;
    }
    if (mapping.isName(attributes)) {
      return Claim.Kind.NAME;
    }
    boolean postalCode = !given.dynamic() && given.name().equals(IdentityMapping.POSTAL_CODE);
    return mapping.isAddress(attributes) && !postalCode ? Claim.Kind.ADDRESS : Claim.Kind.TEXT;
  }

  private static int rank(Value value, List<String> languages) {
    int index = value.language() == null ? -1 : languages.indexOf(value.language());
    return index < 0 ? languages.size() : index;
  }

  private boolean has(String name) {
    return members.stream().anyMatch(given -> !given.dynamic() && given.name().equals(name));
  }

  private boolean hasAddressPart() {
    return members.stream()
        .anyMatch(given ->
            !given.dynamic()
                && (given.name().startsWith("addressLine")
                    || given.name().startsWith("location")
                    || given.name().equals(IdentityMapping.POSTAL_CODE)));
  }

  private static String text(Given given) {
    String text = given.values().getFirst().text();
    return text == null ? "" : text;
  }
}
