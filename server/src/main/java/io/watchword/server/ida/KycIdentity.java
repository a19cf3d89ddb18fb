package io.watchword.server.ida;

import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.DateOfBirth;
import io.watchword.core.individual.Portrait;
import io.watchword.core.kyc.ShareIdentity;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plain content of a KYC reply's {@code identity} (contract ida 5.4): a flat object of strings.
 *
 * @param members in the policy's order
 */
record KycIdentity(Map<String, String> members) {

  private static final List<String> PORTRAITS = List.of("photo", "face");

  /**
   * @param allowed the policy's attributes
   * @param today the date by which an age is counted
   */
  static KycIdentity of(
      ShareIdentity.Shared shared, List<String> allowed, IdentityMapping mapping, LocalDate today) {
    var members = new LinkedHashMap<String, String>();
    for (String attribute : allowed) {
      Portrait portrait = shared.portrait();
      if (PORTRAITS.contains(attribute)) {
        if (portrait != null) {
          members.put(attribute, Base64.getEncoder().encodeToString(portrait.image()));
        }
      } else if (attribute.equals(IdentityMapping.AGE)) {
        age(shared, mapping, today).ifPresent(age -> members.put(IdentityMapping.AGE, age));
      } else {
        String name = name(attribute, mapping);
        switch (shared.attributes().get(attribute)) {
          case null -> {}
          case Attribute.Plain(String value) -> members.put(name, value);
          case Attribute.Localized(Map<String, String> values) ->
              values.forEach((language, value) -> members.put(name + "_" + language, value));
        }
      }
    }
    return new KycIdentity(members);
  }

  /** Step 2 of 5.4. */
  private static String name(String attribute, IdentityMapping mapping) {
    if (mapping.builtIn().containsKey(attribute) || mapping.dynamic().containsKey(attribute)) {
      return attribute;
    }
    return mapping.builtInFor(attribute).orElse(attribute);
  }

  private static Optional<String> age(
      ShareIdentity.Shared shared, IdentityMapping mapping, LocalDate today) {
    List<String> stored =
        Optional.ofNullable(mapping.builtIn().get(IdentityMapping.DOB)).orElse(List.of());
    return stored.stream()
        .map(shared.attributes()::get)
        .filter(Attribute.Plain.class::isInstance)
        .map(plain -> ((Attribute.Plain) plain).value())
        .findFirst()
        .flatMap(DateOfBirth::parse)
        .map(born -> Long.toString(DateOfBirth.completedYears(born, today)));
  }

  /** Names only. */
  @Override
  public String toString() {
    return "KycIdentity" + members.keySet();
  }
}
