package io.watchword.server.ida;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.BiometricMatcher.Modality;
import io.watchword.core.authentication.Mismatch;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.kyc.ShareIdentity;
import io.watchword.core.partner.Policy;
import io.watchword.server.keys.SeenCertificates;
import io.watchword.wire.ida.IdaError;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.KycEnvelope;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request into its reply: filter checks, validation, one story, spelling. Knows nothing of
 * HTTP.
 */
final class IdaAnswers {

  private static final String DOOR = "ida";

  /** No story compares biometrics: contract ida 4.4, last line, and decision 13. */
  private static final Set<Modality> COMPARABLE = Set.of();

  private final IdaSettings settings;
  private final IdentityMapping mapping;
  private final EntryChecks checks;
  private final IdaDoor.Inside stories;
  private final KycEnvelope envelope;
  private final SeenCertificates certificates;
  private final InstantSource clock;
  private final Spelling spelling;

  IdaAnswers(
      IdaSettings settings,
      IdentityMapping mapping,
      EntryChecks checks,
      IdaDoor.Inside stories,
      KycEnvelope envelope,
      SeenCertificates certificates,
      InstantSource clock) {
    this.settings = settings;
    this.mapping = mapping;
    this.checks = checks;
    this.stories = stories;
    this.envelope = envelope;
    this.certificates = certificates;
    this.clock = clock;
    this.spelling = new Spelling(mapping);
  }

  /**
   * A reply and how it came about.
   *
   * @param refusal {@code null}: nothing was refused
   */
  record Answer(Reply reply, @Nullable Refusal refusal, @Nullable Entry entry) {}

  Answer answer(Incoming incoming) {
    Instant now = clock.instant();
    EntryChecks.Result checked = checks.check(incoming, now);
    Entry entry = checked.entry();
    if (entry == null) {
      Refusal refusal = Optional.ofNullable(checked.refusal()).orElseThrow();
      return new Answer(Reply.refused(frame(incoming, now), refusal.errors()), refusal, null);
    }
    return incoming.operation() == Operation.OTP ? send(entry) : decide(entry);
  }

  /** The transaction id is echoed even from a request that was refused for something else. */
  private static Reply.Frame frame(Incoming incoming, Instant now) {
    String transaction =
        Json.readObject(incoming.body())
            .map(body -> Member.of(body, "transactionID").text())
            .orElse(null);
    return new Reply.Frame(incoming.operation(), transaction, now);
  }

  private Answer send(Entry entry) {
    // Whoever the form asks about is nearly always whom the code is for: looked up once.
    Map<Identifier, Optional<Directory.Found>> known = new HashMap<>();
    OtpForm.Result checked =
        OtpForm.of(
            entry,
            settings,
            id ->
                known.computeIfAbsent(id, stories.directory()::find).isPresent()
                    ? Optional.empty()
                    : Optional.of(refuseUnknown(entry, id)));
    OtpForm form = checked.form();
    if (form == null) {
      return refused(entry, Optional.ofNullable(checked.refusal()).orElseThrow());
    }
    Optional<Directory.Found> found =
        known.computeIfAbsent(form.identifier(), stories.directory()::find);
    if (found.isEmpty()) {
      return stopped(entry, refuseUnknown(entry, form.identifier()), "Unknown");
    }
    SendCode.Outcome outcome =
        stories
            .send()
            .send(
                new SendCode.Request(
                    DOOR,
                    entry.caller().partner().id(),
                    form.identifier(),
                    entry.transaction(),
                    form.channels(),
                    entry.incoming().id()),
                found.get());
    return switch (outcome) {
      case SendCode.Sent(Map<Channel, String> addresses) ->
          new Answer(Reply.sent(frame(entry), form.time(), addresses), null, entry);
      case SendCode.Refused(SendRefusal why) ->
          stopped(entry, spelling.refused(why), why.toString());
    };
  }

  /** The form may not have been looked at yet: a transaction id of another shape is left out. */
  private IdaError refuseUnknown(Entry entry, Identifier identifier) {
    SendCode.Refused refused =
        stories
            .send()
            .refuseUnknown(
                new SendCode.Request(
                    DOOR,
                    entry.caller().partner().id(),
                    identifier,
                    entry.wellFormedTransaction(),
                    Set.of(),
                    entry.incoming().id()));
    return spelling.refused(refused.why());
  }

  private Answer decide(Entry entry) {
    AuthForm.Result checked = AuthForm.of(entry, settings, mapping, COMPARABLE);
    AuthForm form = checked.form();
    if (form == null) {
      return refused(entry, Optional.ofNullable(checked.refusal()).orElseThrow());
    }
    boolean kyc = entry.incoming().operation() == Operation.KYC;
    Policy policy = entry.caller().policy();
    var request =
        new Authenticate.Request(
            DOOR,
            kyc ? AuditRecord.Event.KYC : AuditRecord.Event.AUTHENTICATION,
            entry.caller(),
            form.identifier(),
            entry.transaction(),
            form.otp(),
            form.claims(),
            kyc && ShareIdentity.wantsPortrait(policy),
            entry.incoming().id());
    return kyc ? share(entry, request) : authenticate(entry, request);
  }

  private Answer authenticate(Entry entry, Authenticate.Request request) {
    return switch (stories.authenticate().decide(request)) {
      case Authenticate.Accepted(Directory.Found _, String pseudonym) ->
          new Answer(Reply.decided(frame(entry), null, token(pseudonym), null), null, entry);
      case Authenticate.Mismatched(String pseudonym, List<Mismatch> mismatches) ->
          mismatched(entry, pseudonym, mismatches);
      case Authenticate.Refused(AuthenticationRefusal why) ->
          stopped(entry, spelling.refused(why), why.toString());
    };
  }

  private Answer share(Entry entry, Authenticate.Request request) {
    return switch (stories.share().share(request)) {
      case ShareIdentity.Shared shared -> shared(entry, shared);
      case ShareIdentity.Mismatched(String pseudonym, List<Mismatch> mismatches) ->
          mismatched(entry, pseudonym, mismatches);
      case ShareIdentity.Refused(AuthenticationRefusal why) ->
          stopped(entry, spelling.refused(why), why.toString());
    };
  }

  private Answer shared(Entry entry, ShareIdentity.Shared shared) {
    KycIdentity identity =
        KycIdentity.of(
            shared,
            entry.caller().policy().attributes(),
            mapping,
            entry.now().atOffset(ZoneOffset.UTC).toLocalDate());
    try {
      KycEnvelope.SealedIdentity sealed =
          identity.members().isEmpty()
              ? null
              : envelope.seal(
                  Json.write(identity.members()), certificates.of(entry.caller().partner()));
      return new Answer(
          Reply.decided(frame(entry), null, token(shared.pseudonym()), sealed), null, entry);
    } catch (GeneralSecurityException e) {
      return stopped(
          entry, IdaErrors.of("IDA-MLC-020", "Unable to encrypt data"), e.getClass().getName());
    }
  }

  private Answer mismatched(Entry entry, String pseudonym, List<Mismatch> mismatches) {
    List<IdaError> errors = spelling.mismatched(mismatches);
    String token = settings.tokenOnFailure() ? token(pseudonym) : null;
    return new Answer(
        Reply.decided(frame(entry), errors, token, null),
        new Refusal("match", errors, Map.of()),
        entry);
  }

  private @Nullable String token(String pseudonym) {
    return settings.tokens() ? pseudonym : null;
  }

  private Answer stopped(Entry entry, IdaError error, String reason) {
    return refused(entry, new Refusal("story", List.of(error), Map.of("reason", reason)));
  }

  private Answer refused(Entry entry, Refusal refusal) {
    return new Answer(Reply.refused(frame(entry), refusal.errors()), refusal, entry);
  }

  private Reply.Frame frame(Entry entry) {
    return Reply.Frame.of(entry, clock.instant());
  }
}
