package io.watchword.server.ida;

import io.watchword.core.authentication.Factors;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.Modality;
import io.watchword.wire.ida.IdaError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A request of {@code /auth} or {@code /kyc} that passed the validation checks.
 *
 * @param identifier of the person
 * @param factors what is given as proof
 */
record AuthForm(Identifier identifier, Factors factors) {

  static final Pattern TRANSACTION = Pattern.compile("[A-Za-z0-9]{10}");

  /**
   * V1 to V8 of contract ida 2.3 and the id checks, which are always added.
   *
   * @param comparable modalities that there is a matcher for
   */
  static AuthForm of(
      Entry entry, IdaSettings settings, IdentityMapping mapping, Set<Modality> comparable)
      throws RefusedException {
    var errors = new ArrayList<IdaError>();
    String step = validate(entry, settings, mapping, comparable, errors);
    if (step.equals("V1") && errors.contains(IdaErrors.NOT_PROCESSED)) {
      throw new RefusedException(new Refusal("F7", List.of(IdaErrors.NOT_PROCESSED), Map.of()));
    }
    PresentedId id = PresentedId.of(entry.body(), settings);
    boolean formWrong = !errors.isEmpty();
    errors.addAll(id.errors());
    if (entry.incoming().operation() == Operation.KYC || errors.isEmpty()) {
      captures(entry).devices(errors);
    }
    Optional<Identifier> identifier = id.identifier();
    if (!errors.isEmpty() || identifier.isEmpty()) {
      throw new RefusedException(
          new Refusal(formWrong ? step : "id", errors, RequestTime.clocks(step, entry)));
    }
    InnerForm inner = entry.inner();
    return new AuthForm(
        identifier.get(),
        new Factors(
            inner.otp().filled().orElse(null),
            inner.demographics().claims(mapping, settings.languages()),
            inner.pin().filled().orElse(null),
            captures(entry).samples()));
  }

  /** Stops after the first step that found errors and gives its name. */
  private static String validate(
      Entry entry,
      IdaSettings settings,
      IdentityMapping mapping,
      Set<Modality> comparable,
      List<IdaError> errors) {
    consent(entry, errors);
    if (!errors.isEmpty()) {
      return "V1";
    }
    times(entry, settings, errors);
    if (!errors.isEmpty()) {
      return "V2";
    }
    listed(entry, "domainUri", settings::acceptsDomain, errors);
    if (!errors.isEmpty()) {
      return "V3";
    }
    listed(entry, "env", settings::acceptsEnvironment, errors);
    if (!errors.isEmpty()) {
      return "V4";
    }
    transaction(entry.body(), errors);
    if (!errors.isEmpty()) {
      return "V5";
    }
    factors(entry, settings, mapping, comparable, errors);
    if (!errors.isEmpty()) {
      return "V6";
    }
    captures(entry).transactions(entry.transaction(), errors);
    if (errors.isEmpty() && entry.inner().hasBiometrics()) {
      new CaptureTimes(entry.inner().biometrics().captures(), settings).check(errors, entry.now());
    }
    if (!errors.isEmpty()) {
      return "V7";
    }
    if (entry.inner().hasNoFactor()) {
      errors.add(IdaErrors.of("IDA-MLC-008", "No authentication type selected"));
    }
    return "V8";
  }

  /** V1; and a request without {@code request}, which ends here if consent was given (2.8). */
  private static void consent(Entry entry, List<IdaError> errors) {
    JsonNode consent = entry.body().get("consentObtained");
    if (consent == null || !consent.isBoolean() || !consent.booleanValue()) {
      errors.add(IdaErrors.of("IDA-MLC-012", "Individual's Consent is not available"));
    } else if (!entry.inner().present()) {
      errors.add(IdaErrors.NOT_PROCESSED);
    }
  }

  private static void times(Entry entry, IdaSettings settings, List<IdaError> errors) {
    RequestTime.of("requestTime", Member.of(entry.body(), "requestTime"))
        .check(errors, settings, entry.now());
    RequestTime.of("request/timestamp", entry.inner().timestamp())
        .check(errors, settings, entry.now());
  }

  private interface Accepts {
    boolean accepts(String value);
  }

  private static CaptureChecks captures(Entry entry) {
    return new CaptureChecks(entry.inner().biometrics().captures());
  }

  private static void listed(Entry entry, String name, Accepts accepts, List<IdaError> errors) {
    Member member = Member.of(entry.body(), name);
    String value = member.text();
    if (member.wrongType() || (value != null && !accepts.accepts(value))) {
      errors.add(IdaErrors.invalid("request/" + name));
    } else {
      captures(entry).agree(name, value, errors);
    }
  }

  static void transaction(JsonNode body, List<IdaError> errors) {
    Member transaction = Member.of(body, "transactionID");
    if (!transaction.wrongType() && transaction.filled().isEmpty()) {
      errors.add(IdaErrors.missing("transactionID"));
    } else if (!TRANSACTION.matcher(transaction.orEmpty()).matches()) {
      errors.add(IdaErrors.invalid("transactionID"));
    }
  }

  private static void factors(
      Entry entry,
      IdaSettings settings,
      IdentityMapping mapping,
      Set<Modality> comparable,
      List<IdaError> errors) {
    InnerForm inner = entry.inner();
    Set<String> taken =
        entry.incoming().operation() == Operation.KYC ? settings.kycTypes() : settings.authTypes();
    if (inner.hasDemographics() && !taken.contains("demo")) {
      errors.add(IdaErrors.unsupported("demo"));
    }
    if (inner.hasOtp() && !taken.contains("otp")) {
      errors.add(IdaErrors.unsupported("otp"));
    }
    if (inner.hasPin() && !taken.contains("pin")) {
      errors.add(IdaErrors.unsupported("pin"));
    }
    inner.malformed().forEach(name -> errors.add(IdaErrors.invalid(name)));
    inner.demographics().check(errors, settings, mapping);
    if (inner.biometrics().malformed()) {
      errors.add(IdaErrors.invalid("request/biometrics"));
    }
    captures(entry).factors(taken, comparable, errors);
  }
}
