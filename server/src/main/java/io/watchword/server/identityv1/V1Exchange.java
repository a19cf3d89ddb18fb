package io.watchword.server.identityv1;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.core.partner.Partner;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.server.http.Bodies;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.http.Overloaded;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.settings.IdentityV1DoorSettings;
import io.watchword.wire.ida.Json;
import io.watchword.wire.identityv1.AuthReply;
import io.watchword.wire.identityv1.CompanionReply;
import io.watchword.wire.identityv1.Fault;
import io.watchword.wire.identityv1.OtpReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads requests of this wire format and writes their answers (contract identity-v1 1); what lies
 * between is a {@link Step} of the door.
 */
public final class V1Exchange {

  /** Of every request without biometrics. */
  private static final int SMALL_BODY = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(V1Exchange.class);
  private static final String VERSION = "1.0";

  private final IdentityV1DoorSettings settings;
  private final Exchange.Outside outside;
  private final Witness witness;
  private final RequestSignatures signatures;

  /** Is told how each request ended, for people who want to know why they were refused. */
  public interface Witness {

    /**
     * @param tsp empty unless it has the form of one
     * @param transaction empty unless it has the form of one
     * @param admitted whether the relying party was let in
     * @param codes that were answered; empty: accepted
     */
    void answered(
        String request,
        String operation,
        String tsp,
        String transaction,
        boolean admitted,
        List<String> codes);
  }

  /** The calls of this door. */
  enum Api {
    OTP("otp", "mosip.identity.otp"),
    AUTH("auth", "mosip.identity.auth"),
    PIN("static-pin", "mosip.identity.static-pin"),
    VID("vid", "mosip.identity.vid");

    final String operation;
    final String id;

    Api(String operation, String id) {
      this.operation = operation;
      this.id = id;
    }
  }

  /** A request as it came in, and what becomes known of it. */
  static final class Incoming {
    private final ServerRequest request;
    private final Node body;
    private final RequestTime time;
    private final Instant now;
    private final String id;
    private String tsp = "";
    private String transaction = "";
    private boolean admitted;
    private @Nullable String token;
    private @Nullable String signer;

    private Incoming(ServerRequest request, Node body, Instant now, String id) {
      this.request = request;
      this.body = body;
      this.time = RequestTime.of(body.text("requestTime"));
      this.now = now;
      this.id = id;
    }

    ServerRequest request() {
      return request;
    }

    Node body() {
      return body;
    }

    RequestTime time() {
      return time;
    }

    /** When handling began: all checks look at the same clock. */
    Instant now() {
      return now;
    }

    /** The server's id of it. */
    String id() {
      return id;
    }

    /** Whose it is, once its form is known to be right. */
    void of(String relyingParty, String its) {
      tsp = relyingParty;
      transaction = its;
    }

    void admitted() {
      admitted = true;
    }

    /** The individual was resolved: from here on the answer has the static token. */
    void resolved(@Nullable String staticToken) {
      token = staticToken;
    }

    /** Whose certificate signed the request, as {@link RequestSignatures#check} gave it. */
    @Nullable String signer() {
      return signer;
    }

    /** Without content. */
    @Override
    public String toString() {
      return "Incoming[" + id + "]";
    }
  }

  /**
   * What a step answers.
   *
   * @param faults empty: success
   * @param response {@code null}: none
   */
  record Answer(List<Fault> faults, @Nullable Object response) {

    static Answer of(@Nullable Object response) {
      return new Answer(List.of(), response);
    }

    /** Without the person's data. */
    @Override
    public String toString() {
      return "Answer" + faults;
    }
  }

  /** What the door does with a request. */
  interface Step {

    /**
     * @throws Refused with the faults of a failure
     */
    Answer answer(Incoming incoming) throws Refused;
  }

  public V1Exchange(
      IdentityV1DoorSettings settings,
      Exchange.Outside outside,
      Witness witness,
      RequestSignatures signatures) {
    this.settings = settings;
    this.outside = outside;
    this.witness = witness;
    this.signatures = signatures;
  }

  /** Makes a handler of a step. */
  Handler handler(Api api, Step step) {
    return (request, response) -> handle(request, response, api, step);
  }

  /** For a path that there is, and a method that it does not know. */
  Handler otherMethod(Api api) {
    return (request, response) ->
        send(
            response,
            api,
            new Incoming(request, Node.ABSENT, outside.clock().instant(), ""),
            new Answer(List.of(Faults.UNREADABLE), null),
            Status.METHOD_NOT_ALLOWED_405);
  }

  private void handle(ServerRequest request, ServerResponse response, Api api, Step step) {
    Instant now = outside.clock().instant();
    String id = outside.requestId().apply(request);
    Incoming incoming = new Incoming(request, Node.ABSENT, now, id);
    Answer answer;
    Status status = null;
    try {
      if (request.prologue().method().equals(Method.POST)) {
        byte[] bytes = bytes(request, api);
        incoming = new Incoming(request, body(request, bytes, api), now, id);
        if (api == Api.OTP || api == Api.AUTH) {
          // The other calls have a token there.
          incoming.signer = signatures.check(request, bytes, now);
        }
      }
      answer = step.answer(incoming);
    } catch (Refused e) {
      answer = new Answer(List.copyOf(new LinkedHashSet<>(e.faults())), null);
      status = e.status();
    } catch (StoreUnavailable e) {
      LOG.error("the store is {}: {}", e.reason(), e.getMessage());
      if (e.reason() == StoreUnavailable.Reason.BUSY
          || e.reason() == StoreUnavailable.Reason.CLOSED) {
        throw new Overloaded("the store is " + e.reason());
      }
      answer = new Answer(List.of(Faults.NOT_PROCESSED), null);
    } catch (Overloaded e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("a request failed", e);
      answer = new Answer(List.of(Faults.UNEXPECTED), null);
      status = Status.INTERNAL_SERVER_ERROR_500;
    }
    if (status == null) {
      status = answer.faults().isEmpty() ? Status.OK_200 : Status.create(settings.failureStatus());
    }
    send(response, api, incoming, answer, status);
    witness.answered(
        id,
        api.operation,
        incoming.tsp,
        incoming.transaction,
        incoming.admitted,
        answer.faults().stream().map(Fault::code).toList());
  }

  /** Refuses a request that another relying party has signed. */
  void requireOwn(Incoming incoming, Partner partner) throws Refused {
    signatures.requireOwn(incoming.signer(), partner);
  }

  private byte[] bytes(ServerRequest request, Api api) throws Refused {
    try {
      int largest = settings.body().toInt();
      return Bodies.read(request, api == Api.AUTH ? largest : Math.min(largest, SMALL_BODY));
    } catch (BodyTooLarge e) {
      throw Refused.unreadable(Status.REQUEST_ENTITY_TOO_LARGE_413);
    } catch (BodyUnreadable e) {
      LOG.debug("no body: {}", e.getMessage());
      throw Refused.unreadable(Status.BAD_REQUEST_400);
    }
  }

  private static Node body(ServerRequest request, byte[] bytes, Api api) throws Refused {
    if (bytes.length == 0 && api == Api.VID) {
      return Node.ABSENT;
    }
    if (!isJson(request)) {
      throw Refused.unreadable(Status.UNSUPPORTED_MEDIA_TYPE_415);
    }
    Optional<ObjectNode> json = Json.readObject(bytes);
    if (json.isEmpty()) {
      throw Refused.unreadable(Status.BAD_REQUEST_400);
    }
    return new Node(json.get());
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

  private void send(
      ServerResponse response, Api api, Incoming incoming, Answer answer, Status status) {
    List<Fault> faults = new ArrayList<>();
    for (Fault fault : answer.faults()) {
      Fault written =
          Renumbering.of(settings.actionCodes() ? Actions.on(fault) : fault, settings.numbering());
      if (!faults.contains(written)) {
        faults.add(written);
      }
    }
    byte[] body = Json.write(reply(api, incoming, answer, faults));
    response.status(status).header(HeaderNames.CONTENT_TYPE, "application/json").send(body);
  }

  private Object reply(Api api, Incoming incoming, Answer answer, List<Fault> faults) {
    String time = incoming.time.answer(outside.clock().instant());
    String status = faults.isEmpty() ? "Y" : "N";
    return switch (api) {
      case OTP ->
          new OtpReply(
              api.id,
              VERSION,
              Head.echo(incoming.body),
              time,
              faults,
              (OtpReply.Response) answer.response());
      case AUTH ->
          new AuthReply(
              api.id,
              VERSION,
              Head.echo(incoming.body),
              incoming.token,
              incoming.time.echo(),
              time,
              status,
              faults,
              answer.response());
      case PIN, VID ->
          new CompanionReply(
              api.id, VERSION, time, status, faults, (CompanionReply.Vid) answer.response());
    };
  }
}
