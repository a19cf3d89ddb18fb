package io.watchword.server.partners;

import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Policy;
import io.watchword.core.partner.Policy.Action;
import io.watchword.core.partner.Policy.Pseudonym;
import io.watchword.core.partner.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a policy (contract ida 6.2). Reading is strict: an unknown member, action or shape is
 * a problem, and all problems are told at once. {@code masked} in an attribute has no effect and is
 * dropped.
 */
public final class PolicyDocument {

  private static final int LONGEST = 64 * 1024;
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{3}");
  private static final String MATCHING = "demographicMatching";

  /** In the order in which they are written. */
  private static final Map<String, Policy.Text> TEXTS = texts();

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final List<String> problems = new ArrayList<>();

  private PolicyDocument() {}

  private static Map<String, Policy.Text> texts() {
    Map<String, Policy.Text> texts = new LinkedHashMap<>();
    texts.put("name", Policy.Text.NAME);
    texts.put("fullAddress", Policy.Text.FULL_ADDRESS);
    return texts;
  }

  /**
   * Reads a document.
   *
   * @throws ProvisioningRefused with everything that is wrong with it
   */
  public static Policy parse(
      String id, String json, Instant commencesAt, @Nullable Instant expiresAt) {
    if (json.length() > LONGEST) {
      throw new ProvisioningRefused("the policy is longer than 64 KiB");
    }
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new ProvisioningRefused("the policy is not JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw new ProvisioningRefused("the policy must be an object");
    }
    var document = new PolicyDocument();
    Policy policy = document.read(id, root, commencesAt, expiresAt);
    if (!document.problems.isEmpty()) {
      throw new ProvisioningRefused(document.problems);
    }
    return policy;
  }

  private Policy read(String id, JsonNode root, Instant commencesAt, @Nullable Instant expiresAt) {
    onlyMembers(
        root,
        "the policy",
        Set.of(
            "authTokenType", "allowedKycAttributes", "allowedAuthTypes", "kycLanguages", MATCHING));
    Set<Action> allowed = new LinkedHashSet<>();
    List<Action> mandatory = new ArrayList<>();
    int index = 0;
    for (JsonNode entry : array(root, "allowedAuthTypes", true)) {
      readAction(entry, "allowedAuthTypes[" + index++ + "]", allowed, mandatory);
    }
    return new Policy(
        id,
        Partner.Status.ACTIVE,
        commencesAt,
        expiresAt,
        allowed,
        List.copyOf(mandatory),
        readAttributes(root),
        readLanguages(root),
        readPseudonym(root),
        readMatching(root));
  }

  private void readAction(JsonNode entry, String at, Set<Action> allowed, List<Action> mandatory) {
    if (!onlyMembers(entry, at, Set.of("authType", "authSubType", "mandatory"))) {
      return;
    }
    String type = text(entry.path("authType"), at + ".authType");
    if (type.isEmpty() && !entry.path("authType").isString()) {
      return;
    }
    String subType =
        entry.hasNonNull("authSubType") ? text(entry.path("authSubType"), at + ".authSubType") : "";
    Action action = action(type, subType);
    if (action == null) {
      problems.add(
          at
              + ": there is no authType '"
              + type
              + (subType.isEmpty() ? "" : "' with authSubType '" + subType)
              + "'; there are otp-request, otp, pin, kyc, demo (with IDENTITY, ADDRESS,"
              + " FULL_ADDRESS or SECONDARY_LANGUAGE for a part of it) and bio with FINGER, IRIS or FACE");
      return;
    }
    if (!allowed.add(action)) {
      problems.add(at + ": " + type + " stands there twice");
    }
    JsonNode must = entry.path("mandatory");
    if (!must.isMissingNode() && !must.isBoolean()) {
      problems.add(at + ".mandatory must be true or false");
    }
    if (must.isBoolean() && must.booleanValue()) {
      mandatory.add(action);
    }
  }

  private Map<Policy.Text, Strategy> readMatching(JsonNode root) {
    Map<Policy.Text, Strategy> matching = new EnumMap<>(Policy.Text.class);
    JsonNode all = root.path(MATCHING);
    if (!all.isMissingNode() && onlyMembers(all, MATCHING, TEXTS.keySet())) {
      TEXTS.forEach((name, text) -> {
        JsonNode entry = all.path(name);
        if (!entry.isMissingNode()) {
          Strategy strategy = strategy(entry, MATCHING + "." + name);
          if (strategy != null) {
            matching.put(text, strategy);
          }
        }
      });
    }
    return matching;
  }

  private @Nullable Strategy strategy(JsonNode entry, String at) {
    if (!onlyMembers(entry, at, Set.of("strategy", "threshold"))) {
      return null;
    }
    String name = text(entry.path("strategy"), at + ".strategy");
    JsonNode threshold = entry.path("threshold");
    if (name.equals("exact") && threshold.isMissingNode()) {
      return Strategy.EXACT;
    }
    int score = threshold.isInt() ? threshold.intValue() : 0;
    if (score < 1 || score > 100) {
      problems.add(at + ".threshold must be a number from 1 to 100");
      return null;
    }
    return switch (name) {
      case "exact" -> Strategy.EXACT;
      case "partial" -> new Strategy(Strategy.Method.PARTIAL, score);
      case "phonetic" -> new Strategy(Strategy.Method.PHONETIC, score);
      default -> {
        problems.add(at + ".strategy must be exact, partial or phonetic");
        yield null;
      }
    };
  }

  private static @Nullable Action action(String type, String subType) {
    String sub = subType.toUpperCase(Locale.ROOT);
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "otp-request" -> sub.isEmpty() ? Action.OTP_REQUEST : null;
      case "otp" -> sub.isEmpty() ? Action.OTP : null;
      case "demo" ->
          switch (sub) {
            case "" -> Action.DEMO;
            case "IDENTITY" -> Action.DEMO_IDENTITY;
            case "ADDRESS" -> Action.DEMO_ADDRESS;
            case "FULL_ADDRESS" -> Action.DEMO_FULL_ADDRESS;
            case "SECONDARY_LANGUAGE" -> Action.DEMO_SECONDARY_LANGUAGE;
            default -> null;
          };
      case "pin" -> sub.isEmpty() ? Action.PIN : null;
      case "kyc" -> sub.isEmpty() ? Action.KYC : null;
      case "bio" ->
          switch (sub) {
            case "" -> Action.BIO;
            case "FINGER" -> Action.BIO_FINGER;
            case "IRIS" -> Action.BIO_IRIS;
            case "FACE" -> Action.BIO_FACE;
            default -> null;
          };
      default -> null;
    };
  }

  private List<String> readAttributes(JsonNode root) {
    Set<String> names = new LinkedHashSet<>();
    int index = 0;
    for (JsonNode entry : array(root, "allowedKycAttributes", false)) {
      String at = "allowedKycAttributes[" + index++ + "]";
      if (!onlyMembers(entry, at, Set.of("attributeName", "masked"))) {
        continue;
      }
      if (entry.has("masked") && !entry.path("masked").isBoolean()) {
        problems.add(at + ".masked must be true or false");
      }
      String name = text(entry.path("attributeName"), at + ".attributeName");
      if (!ATTRIBUTE.matcher(name).matches()) {
        problems.add(at + ": '" + name + "' is not a name of an attribute");
      } else if (!names.add(name)) {
        problems.add(at + ": " + name + " stands there twice");
      }
    }
    return List.copyOf(names);
  }

  private List<String> readLanguages(JsonNode root) {
    Set<String> languages = new LinkedHashSet<>();
    int index = 0;
    for (JsonNode entry : array(root, "kycLanguages", false)) {
      String at = "kycLanguages[" + index++ + "]";
      String language = text(entry, at);
      if (!LANGUAGE.matcher(language).matches()) {
        problems.add(at + ": '" + language + "' is not a code of ISO 639-3, such as eng");
      } else if (!languages.add(language)) {
        problems.add(at + ": " + language + " stands there twice");
      }
    }
    return List.copyOf(languages);
  }

  private Pseudonym readPseudonym(JsonNode root) {
    String kind = text(root.path("authTokenType"), "authTokenType");
    for (Pseudonym pseudonym : Pseudonym.values()) {
      if (pseudonym.name().equalsIgnoreCase(kind)) {
        return pseudonym;
      }
    }
    if (root.path("authTokenType").isString()) {
      problems.add("authTokenType: '" + kind + "' is none of partner, policy, random");
    }
    return Pseudonym.RANDOM;
  }

  private boolean onlyMembers(JsonNode node, String at, Set<String> known) {
    if (!node.isObject()) {
      problems.add(at + " must be an object");
      return false;
    }
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        problems.add(at + " has an unknown member '" + cut(name) + "'");
      }
    }
    return true;
  }

  private Iterable<JsonNode> array(JsonNode root, String name, boolean required) {
    JsonNode node = root.path(name);
    if (node.isArray()) {
      return node;
    }
    if (required || !node.isMissingNode()) {
      problems.add(name + " must be an array");
    }
    return List.of();
  }

  private String text(JsonNode node, String at) {
    if (!node.isString()) {
      problems.add(at + " must be a text");
      return "";
    }
    return cut(node.stringValue());
  }

  private static String cut(String text) {
    return text.length() <= 65 ? text : text.substring(0, 65);
  }

  /** Writes a policy as it would be read. */
  public static String print(Policy policy) {
    ObjectNode root = JSON.createObjectNode();
    root.put("authTokenType", policy.pseudonym().name().toLowerCase(Locale.ROOT));
    ArrayNode attributes = root.putArray("allowedKycAttributes");
    policy.attributes().forEach(name -> attributes.addObject().put("attributeName", name));
    ArrayNode types = root.putArray("allowedAuthTypes");
    // Mandatory ones first, because their order counts; the rest in one order for all policies.
    Set<Action> actions = new LinkedHashSet<>(policy.mandatory());
    Arrays.stream(Action.values()).filter(policy::allows).forEach(actions::add);
    for (Action action : actions) {
      ObjectNode entry = types.addObject();
      String name = action.name();
      if (name.startsWith("BIO_")) {
        entry.put("authType", "bio").put("authSubType", name.substring("BIO_".length()));
      } else if (name.startsWith("DEMO_")) {
        entry.put("authType", "demo").put("authSubType", name.substring("DEMO_".length()));
      } else {
        entry.put("authType", name.toLowerCase(Locale.ROOT).replace('_', '-'));
      }
      entry.put("mandatory", policy.mandatory().contains(action));
    }
    ArrayNode languages = root.putArray("kycLanguages");
    policy.languages().forEach(languages::add);
    if (!policy.matching().isEmpty()) {
      ObjectNode matching = root.putObject(MATCHING);
      TEXTS.forEach((name, text) -> {
        Strategy strategy = policy.matching().get(text);
        if (strategy != null) {
          matching
              .putObject(name)
              .put("strategy", strategy.method().name().toLowerCase(Locale.ROOT))
              .put("threshold", strategy.threshold());
        }
      });
    }
    return JSON.writeValueAsString(root);
  }
}
