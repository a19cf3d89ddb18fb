package io.watchword.server.ida;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.core.audit.AuditRecord;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.Mismatch;
import io.watchword.core.code.Recipient;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.Modality;
import io.watchword.core.kyc.ShareIdentity;
import io.watchword.core.partner.Admission;
import io.watchword.core.partner.Policy;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.server.http.Bodies;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.http.Overloaded;
import io.watchword.server.keys.ResponseSigner;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door itself: it reads a request, lets it through the filter checks ({@link Entry}) and its
 * form, calls one story of the core, and answers signed. Mount it at the prefix of {@link
 * IdaSettings}.
 */
public final class IdaDoor implements HttpService {

  private static final Logger LOG = LoggerFactory.getLogger(IdaDoor.class);
  private static final HeaderName RESPONSE_SIGNATURE = HeaderNames.create("response-signature");
  private static final Status TOO_LARGE = Status.REQUEST_ENTITY_TOO_LARGE_413;

  private static final String NAME = "ida";

  private final IdaSettings settings;
  private final IdentityMapping mapping;
  private final Stories stories;
  private final Gate gate;
  private final KycEnvelope envelope;
  private final SeenCertificates certificates;
  private final ResponseSigner signer;
  private final PublicCertificates own;
  private final Outside outside;
  private final Spelling spelling;

  /**
   * What this door asks of the server around it.
   *
   * @param requestId the server's id of a request
   * @param seen told of each answer
   */
  public record Outside(
      Function<ServerRequest, String> requestId, Witness seen, InstantSource clock) {}

  /**
   * What the core offers to this door.
   *
   * @param comparable modalities that {@code authenticate} can compare
   */
  public record Stories(
      Directory directory,
      SendCode send,
      Authenticate authenticate,
      ShareIdentity share,
      Set<Modality> comparable) {}

  /** The door, made from what is around it. */
  public IdaDoor(
      IdaSettings settings,
      IdentityMapping mapping,
      Admission admission,
      Stories stories,
      Protection protection,
      Outside outside) {
    this.settings = settings;
    this.mapping = mapping;
    this.stories = stories;
    this.gate = protection.gate(settings, admission);
    this.envelope = protection.kycEnvelope();
    this.certificates = protection.certificates();
    this.signer = protection.responseSigner();
    this.own = new PublicCertificates(protection.keys(), outside.clock());
    this.outside = outside;
    this.spelling = new Spelling(mapping);
  }

  @Override
  public void routing(HttpRules routes) {
    routes.get(PublicCertificates.PATH, own::answer).any(this::handle);
  }

  private void handle(ServerRequest request, ServerResponse response) {
    List<String> segments = Incoming.segments(request.path().rawPath()).orElse(List.of());
    Optional<Operation> operation =
        segments.isEmpty() ? Optional.empty() : Operation.at(segments.getFirst());
    if (operation.isEmpty() || !request.prologue().method().equals(Method.POST)) {
      send(response, Ending.ok(Reply.unknown(outside.clock().instant())));
      return;
    }
    Ending ending;
    try {
      ending = answer(request, operation.get(), segments.subList(1, segments.size()));
    } catch (StoreUnavailable e) {
      ending = unavailable(operation.get(), e);
    } catch (Overloaded e) {
      throw e;
    } catch (RuntimeException e) {
      // A defect of ours; the caller gets the contract's answer to the unexpected (5.5).
      LOG.error("a request failed", e);
      ending = notProcessed(Status.OK_200, operation.get());
    }
    send(response, ending);
  }

  /**
   * What is sent.
   *
   * @param reply {@code null}: no envelope
   */
  private record Ending(Status status, @Nullable Reply reply) {
    static Ending ok(Reply reply) {
      return new Ending(Status.OK_200, reply);
    }
  }

  private Ending answer(ServerRequest request, Operation operation, List<String> segments) {
    byte[] body;
    try {
      body = Bodies.read(request, largest(operation));
    } catch (BodyTooLarge e) {
      return notProcessed(TOO_LARGE, operation);
    } catch (BodyUnreadable e) {
      LOG.debug("no body: {}", e.getMessage());
      return notProcessed(Status.OK_200, operation);
    }
    if (body.length == 0 || !isJson(request)) {
      return notProcessed(Status.OK_200, operation);
    }
    var incoming =
        Incoming.of(request, operation, segments, body, outside.requestId().apply(request));
    Answer answer = answer(incoming);
    tell(incoming, answer);
    boolean tooLarge = answer.refusal() != null && answer.refusal().isTooLarge();
    return new Ending(tooLarge ? TOO_LARGE : Status.OK_200, answer.reply());
  }

  /**
   * A reply and how it came about.
   *
   * @param refusal {@code null}: nothing was refused
   * @param entry {@code null}: it did not get past the filter checks
   */
  private record Answer(Reply reply, @Nullable Refusal refusal, @Nullable Entry entry) {}

  private Answer answer(Incoming incoming) {
    Instant now = outside.clock().instant();
    Entry entry = null;
    try {
      entry = Entry.of(incoming, gate, now);
      return incoming.operation() == Operation.OTP ? sendCode(entry) : decide(entry);
    } catch (RefusedException e) {
      Refusal refusal = e.refusal();
      return entry == null
          ? new Answer(
              Reply.refused(Reply.Frame.of(incoming, now), refusal.errors()), refusal, null)
          : refused(entry, refusal);
    }
  }

  private Answer sendCode(Entry entry) throws RefusedException {
    // Whoever the form asks about is nearly always whom the code is for: looked up once.
    Map<Identifier, Optional<Directory.Found>> known = new HashMap<>();
    OtpForm form =
        OtpForm.of(
            entry,
            settings,
            id ->
                known.computeIfAbsent(id, stories.directory()::find).isPresent()
                    ? Optional.empty()
                    : Optional.of(refuseUnknown(entry, id)));
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
                    NAME,
                    entry.caller().partner().id(),
                    form.identifier(),
                    entry.transaction(),
                    form.channels(),
                    entry.incoming().id()),
                Recipient.of(found.get()));
    return switch (outcome) {
      case SendCode.Sent(Map<Channel, String> addresses) ->
          new Answer(Reply.sent(frame(entry), form.time(), addresses), null, entry);
      case SendCode.Refused(SendRefusal why) -> stopped(entry, spelling.refused(why), why);
    };
  }

  /** The form may not have been looked at yet: a transaction id of another shape is left out. */
  private IdaError refuseUnknown(Entry entry, Identifier identifier) {
    SendCode.Refused refused =
        stories
            .send()
            .refuseUnknown(
                new SendCode.Request(
                    NAME,
                    entry.caller().partner().id(),
                    identifier,
                    entry.wellFormedTransaction(),
                    Set.of(),
                    entry.incoming().id()));
    return spelling.refused(refused.why());
  }

  private Answer decide(Entry entry) throws RefusedException {
    AuthForm form = AuthForm.of(entry, settings, mapping, stories.comparable());
    boolean kyc = entry.incoming().operation() == Operation.KYC;
    Policy policy = entry.caller().policy();
    var request =
        new Authenticate.Request(
            NAME,
            kyc ? AuditRecord.Event.KYC : AuditRecord.Event.AUTHENTICATION,
            entry.caller(),
            form.identifier(),
            entry.transaction(),
            form.factors(),
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
      case Authenticate.Refused(AuthenticationRefusal why, _) ->
          stopped(entry, spelling.refused(why), why);
    };
  }

  private Answer share(Entry entry, Authenticate.Request request) {
    return switch (stories.share().share(request)) {
      case ShareIdentity.Shared shared -> shared(entry, shared);
      case ShareIdentity.Mismatched(String pseudonym, List<Mismatch> mismatches) ->
          mismatched(entry, pseudonym, mismatches);
      case ShareIdentity.Refused(AuthenticationRefusal why, _) ->
          stopped(entry, spelling.refused(why), why);
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

  private Answer stopped(Entry entry, IdaError error, Object why) {
    if (why instanceof AuthenticationRefusal.MatcherFault fault) {
      LOG.warn("{} could not be compared: {}", fault.modality(), fault.reason());
    }
    return refused(entry, Refusal.story(error, why));
  }

  private Answer refused(Entry entry, Refusal refusal) {
    return new Answer(Reply.refused(frame(entry), refusal.errors()), refusal, entry);
  }

  private static boolean isJson(ServerRequest request) {
    try {
      return request
          .headers()
          .contentType()
          .filter(type -> type.mediaType().equals(MediaTypes.APPLICATION_JSON))
          .isPresent();
    } catch (BadRequestException e) {
      return false; // a text that is no media type
    }
  }

  /**
   * Whether a request of {@code /auth} or {@code /kyc} has biometrics, and so may be as large as
   * these, is known only once it is decrypted.
   */
  private int largest(Operation operation) {
    return operation == Operation.OTP ? settings.largestBody() : settings.largestBiometricBody();
  }

  private Ending notProcessed(Status status, Operation operation) {
    return new Ending(status, Reply.notProcessed(operation, outside.clock().instant()));
  }

  private Reply.Frame frame(Entry entry) {
    return Reply.Frame.of(entry, outside.clock().instant());
  }

  private void tell(Incoming incoming, Answer answer) {
    Refusal refusal = answer.refusal();
    Entry entry = answer.entry();
    outside
        .seen()
        .answered(
            incoming.id(),
            incoming.operation().path(),
            entry == null ? "" : entry.caller().partner().id(),
            entry == null ? "" : entry.wellFormedTransaction(),
            refusal == null ? "" : refusal.step(),
            refusal == null
                ? List.of()
                : refusal.errors().stream().map(error -> error.errorCode()).toList(),
            refusal == null ? Map.of() : refusal.detail());
  }

  private Ending unavailable(Operation operation, StoreUnavailable failure) {
    LOG.error("the store is {}: {}", failure.reason(), failure.getMessage());
    return switch (failure.reason()) {
      case BUSY, CLOSED -> new Ending(Status.SERVICE_UNAVAILABLE_503, null);
      case FAILED, UNKNOWN -> Ending.ok(Reply.failed(operation, outside.clock().instant()));
    };
  }

  /** Serialised once: the bytes that are signed are the bytes that are sent. */
  private void send(ServerResponse response, Ending ending) {
    response.status(ending.status());
    Reply reply = ending.reply();
    if (reply == null) {
      response.header("Retry-After", "1").send();
      return;
    }
    byte[] body = Json.write(reply.body());
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header(RESPONSE_SIGNATURE, signer.sign(body));
    response.send(body);
  }
}
