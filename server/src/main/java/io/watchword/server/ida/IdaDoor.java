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
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.code.SendCode;
import io.watchword.core.individual.Directory;
import io.watchword.core.kyc.ShareIdentity;
import io.watchword.core.partner.Admission;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.server.http.Bodies;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.http.Overloaded;
import io.watchword.server.keys.SeenCertificates;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.SigningKey;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.JwsSigner;
import io.watchword.wire.protection.KycEnvelope;
import io.watchword.wire.protection.SampleEnvelope;
import io.watchword.wire.protection.SessionEnvelope;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of this door and what HTTP has to do with them: path, headers, size, status, signature
 * of the response. Mount it at the prefix of {@link IdaSettings}.
 */
public final class IdaDoor implements HttpService {

  private static final Logger LOG = LoggerFactory.getLogger(IdaDoor.class);
  private static final HeaderName SIGNATURE = HeaderNames.create("Signature");
  private static final HeaderName RESPONSE_SIGNATURE = HeaderNames.create("response-signature");
  private static final Status TOO_LARGE = Status.REQUEST_ENTITY_TOO_LARGE_413;

  private final IdaSettings settings;
  private final IdaAnswers answers;
  private final ServerKeys keys;
  private final Algorithms algorithms;
  private volatile @Nullable Signer signer;
  private final Outside outside;

  /**
   * What this door asks of the server around it.
   *
   * @param requestId the server's id of a request
   * @param seen told of each answer
   */
  public record Outside(
      Function<ServerRequest, String> requestId, Witness seen, InstantSource clock) {}

  /** Is told how each request ended, for people who want to know why they were refused. */
  public interface Witness {

    /**
     * @param operation {@code otp}, {@code auth} or {@code kyc}
     * @param partner as the path says it; empty if it has none
     * @param step that refused, or empty
     * @param codes that were answered; empty: accepted
     * @param detail expected and received, never a secret
     */
    void answered(
        String request,
        String operation,
        String partner,
        String transaction,
        String step,
        List<String> codes,
        Map<String, String> detail);
  }

  /** What the core offers to this door. */
  public record Inside(
      Directory directory,
      SendCode send,
      Authenticate authenticate,
      ShareIdentity share,
      Admission admission) {}

  /** What protects its messages. */
  public record Protection(
      Algorithms algorithms,
      SecureRandom random,
      ServerKeys keys,
      Signers signers,
      SeenCertificates certificates) {}

  private IdaDoor(
      IdaSettings settings,
      IdaAnswers answers,
      ServerKeys keys,
      Algorithms algorithms,
      Outside outside) {
    this.settings = settings;
    this.answers = answers;
    this.keys = keys;
    this.algorithms = algorithms;
    this.outside = outside;
  }

  /** The door, made from what is around it. */
  public static IdaDoor of(
      IdaSettings settings,
      IdentityMapping mapping,
      Inside inside,
      Protection protection,
      Outside outside) {
    var checks =
        new EntryChecks(
            settings,
            protection.algorithms(),
            new SessionEnvelope(protection.algorithms(), protection.random()),
            protection.keys(),
            protection.signers(),
            biometrics(settings, protection),
            inside.admission());
    var answers =
        new IdaAnswers(
            settings,
            mapping,
            checks,
            inside,
            new KycEnvelope(protection.algorithms(), protection.random()),
            protection.certificates(),
            outside.clock());
    return new IdaDoor(settings, answers, protection.keys(), protection.algorithms(), outside);
  }

  private static BiometricChecks biometrics(IdaSettings settings, Protection protection) {
    return new BiometricChecks(
        protection.algorithms(),
        settings.algorithms(),
        protection.signers(),
        new SampleEnvelope(protection.algorithms(), protection.random()),
        protection.keys().forDevices(),
        settings.biometrics().hashChain());
  }

  @Override
  public void routing(HttpRules routes) {
    routes
        .get(PublicCertificates.PATH, new PublicCertificates(keys, outside.clock())::answer)
        .any(this::handle);
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
        new Incoming(
            operation,
            segments,
            request.headers().first(SIGNATURE).orElse(null),
            request
                .headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(v -> !v.isEmpty())
                .isPresent(),
            body,
            outside.requestId().apply(request));
    IdaAnswers.Answer answer = answers.answer(incoming);
    tell(incoming, answer);
    boolean tooLarge = answer.refusal() != null && answer.refusal().isTooLarge();
    return new Ending(tooLarge ? TOO_LARGE : Status.OK_200, answer.reply());
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

  private void tell(Incoming incoming, IdaAnswers.Answer answer) {
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
    response.header(RESPONSE_SIGNATURE, sign(body));
    response.send(body);
  }

  private record Signer(SigningKey key, JwsSigner jws) {}

  /** The signing key changes when it is rotated; what it signs with is made once for each key. */
  private String sign(byte[] body) {
    SigningKey current = keys.signingKey();
    Signer ready = signer;
    if (ready == null || !ready.key().id().equals(current.id())) {
      try {
        ready =
            new Signer(
                current,
                JwsSigner.ofServer(
                    algorithms,
                    JwsAlgorithm.RS256,
                    current.privateKey(),
                    current.certificate(),
                    current.id()));
      } catch (InvalidKeyException e) {
        throw new IllegalStateException("the signing key does not sign", e);
      }
      signer = ready;
    }
    return ready.jws().sign(body);
  }
}
