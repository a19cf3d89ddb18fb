package io.watchword.core.kyc;

import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.Mismatch;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Portrait;
import io.watchword.core.partner.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The story of a KYC: authenticate, then give out what the policy allows and nothing else. */
public final class ShareIdentity {

  /** The attributes that mean the person's face picture. */
  private static final List<String> PORTRAIT = List.of("photo", "face");

  private final Authenticate authenticate;
  private final Directory directory;
  private final List<String> languages;

  /**
   * @param languages that the deployment is configured for, ISO 639-3, in order
   */
  public ShareIdentity(Authenticate authenticate, Directory directory, List<String> languages) {
    this.authenticate = authenticate;
    this.directory = directory;
    this.languages = List.copyOf(languages);
  }

  /** The answer. */
  public sealed interface Outcome {}

  /**
   * Every factor is right.
   *
   * @param attributes allowed by the policy and on file, in the policy's order, in its languages
   * @param portrait if the policy allows it; {@code null} otherwise
   * @param maskedUin of which only the last digits are told; empty: the person has none
   */
  public record Shared(
      String pseudonym,
      Map<String, Attribute> attributes,
      @Nullable Portrait portrait,
      String maskedUin)
      implements Outcome {

    /** Without the values. */
    @Override
    public String toString() {
      return "Shared" + attributes.keySet();
    }
  }

  /** A factor was compared and differs. */
  public record Mismatched(String pseudonym, List<Mismatch> mismatches) implements Outcome {}

  /**
   * No answer about the person.
   *
   * @param pseudonym of the person towards the caller; {@code null}: nobody was found
   */
  public record Refused(AuthenticationRefusal why, @Nullable String pseudonym) implements Outcome {}

  /** Whether a policy gives out the face picture, so that the request can say that it is needed. */
  public static boolean wantsPortrait(Policy policy) {
    return policy.attributes().stream().anyMatch(PORTRAIT::contains);
  }

  public Outcome share(Authenticate.Request request) {
    return switch (authenticate.decide(request)) {
      case Authenticate.Accepted(Directory.Found found, String pseudonym) ->
          new Shared(
              pseudonym,
              allowed(found.individual(), request.caller().policy()),
              wantsPortrait(request.caller().policy())
                  ? directory.portrait(found.person()).orElse(null)
                  : null,
              masked(found.individual().uin()));
      case Authenticate.Mismatched(String pseudonym, List<Mismatch> mismatches) ->
          new Mismatched(pseudonym, mismatches);
      case Authenticate.Refused(AuthenticationRefusal why, @Nullable String pseudonym) ->
          new Refused(why, pseudonym);
    };
  }

  private static String masked(@Nullable String uin) {
    return uin == null ? "" : new Identifier(IdentifierType.UIN, uin).masked();
  }

  private Map<String, Attribute> allowed(Individual individual, Policy policy) {
    List<String> spoken = languages.stream().filter(policy.languages()::contains).toList();
    List<String> used = spoken.isEmpty() ? languages : spoken;
    var given = new LinkedHashMap<String, Attribute>();
    for (String name : policy.attributes()) {
      Attribute stored = individual.attributes().get(name);
      switch (stored) {
        case Attribute.Plain plain -> given.put(name, plain);
        case Attribute.Localized(Map<String, String> values) -> {
          var kept = new LinkedHashMap<String, String>();
          used.forEach(language -> {
            String value = values.get(language);
            if (value != null) {
              kept.put(language, value);
            }
          });
          if (!kept.isEmpty()) {
            given.put(name, new Attribute.Localized(kept));
          }
        }
        case null -> {}
      }
    }
    return given;
  }
}
