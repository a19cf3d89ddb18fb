package io.watchword.server.ida;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which stored attributes stand behind the names of this wire format (contract ida 5.4).
 *
 * @param builtIn members with a meaning of their own, in the order in which they are compared
 * @param dynamic further names
 */
public record IdentityMapping(
    Map<String, List<String>> builtIn, Map<String, List<String>> dynamic) {

  static final String NAME = "name";
  static final String DOB = "dob";
  static final String DOB_TYPE = "dobType";
  static final String AGE = "age";
  static final String GENDER = "gender";
  static final String PHONE = "phoneNumber";
  static final String EMAIL = "emailId";
  static final String POSTAL_CODE = "postalCode";
  static final String FULL_ADDRESS = "fullAddress";

  public IdentityMapping {
    builtIn = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(builtIn));
    dynamic = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(dynamic));
  }

  /** The contract's default. */
  public static IdentityMapping defaults() {
    var builtIn = new LinkedHashMap<String, List<String>>();
    builtIn.put(NAME, List.of("fullName"));
    builtIn.put(DOB, List.of("dateOfBirth"));
    builtIn.put(AGE, List.of("dateOfBirth"));
    builtIn.put(GENDER, List.of("gender"));
    builtIn.put(PHONE, List.of("phone"));
    builtIn.put(EMAIL, List.of("email"));
    builtIn.put("addressLine1", List.of("addressLine1"));
    builtIn.put("addressLine2", List.of("addressLine2"));
    builtIn.put("addressLine3", List.of("addressLine3"));
    builtIn.put("location1", List.of("city"));
    builtIn.put("location2", List.of("region"));
    builtIn.put("location3", List.of("province"));
    builtIn.put(POSTAL_CODE, List.of(POSTAL_CODE));
    List<String> address =
        List.of(
            "addressLine1",
            "addressLine2",
            "addressLine3",
            "city",
            "region",
            "province",
            POSTAL_CODE);
    builtIn.put(FULL_ADDRESS, address);
    var dynamic = new LinkedHashMap<String, List<String>>();
    dynamic.put("birthdate", List.of("dateOfBirth"));
    dynamic.put("country", List.of("province"));
    dynamic.put("phone", List.of("phone"));
    dynamic.put("phone_number", List.of("phone"));
    dynamic.put("location4", List.of("zone"));
    dynamic.put("postal_code", List.of(POSTAL_CODE));
    dynamic.put("email", List.of("email"));
    dynamic.put("address", address);
    dynamic.put("street_address", List.of("addressLine1", "addressLine2", "addressLine3"));
    dynamic.put("locality", List.of("city"));
    dynamic.put("region", List.of("region"));
    dynamic.put("picture", List.of("face"));
    dynamic.put("residenceStatus", List.of("residenceStatus"));
    dynamic.put("preferredLanguage", List.of("preferredLang"));
    return new IdentityMapping(builtIn, dynamic);
  }

  /** What a dynamic member is compared with: its mapping, or the stored attribute of its name. */
  List<String> behind(String dynamicName) {
    return dynamic.getOrDefault(dynamicName, List.of(dynamicName));
  }

  /** The built-in name whose mapping contains a stored attribute, the first of several. */
  Optional<String> builtInFor(String attribute) {
    return builtIn.entrySet().stream()
        .filter(entry -> entry.getValue().contains(attribute))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether the stored attributes are those of a name. */
  boolean isName(List<String> attributes) {
    return attributes.equals(builtIn.get(NAME));
  }

  /** Whether the stored attributes are part of the postal address. */
  boolean isAddress(List<String> attributes) {
    return builtIn.getOrDefault(FULL_ADDRESS, List.of()).containsAll(attributes);
  }

  /** What messages call a member (contract ida 6.7). */
  String told(String member) {
    return builtIn.getOrDefault(FULL_ADDRESS, List.of()).contains(member)
        ? "address line item(s)"
        : member;
  }
}
