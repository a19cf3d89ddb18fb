package io.watchword.server.ida;

import io.watchword.core.partner.Admission;
import io.watchword.core.partner.AdmissionRefusal;
import io.watchword.core.partner.Admitted;
import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.wire.ida.IdaError;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.DecryptionKeys;
import io.watchword.wire.protection.DetachedJws;
import io.watchword.wire.protection.MalformedJwsException;
import io.watchword.wire.protection.Opening;
import io.watchword.wire.protection.SealedRequest;
import io.watchword.wire.protection.SessionEnvelope;
import io.watchword.wire.protection.Thumbprint;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The filter checks F1 to F12 of contract ida 2.3, in that order: callers see the first fault only.
 * F8, which sorts demographic members, is done where they are read.
 */
final class EntryChecks {

  private static final Pattern VERSION = Pattern.compile("\\d\\.\\d(\\.\\d)?");

  private final IdaSettings settings;
  private final Algorithms algorithms;
  private final SessionEnvelope envelope;
  private final DecryptionKeys decryptionKeys;
  private final Signers signers;
  private final BiometricChecks biometrics;
  private final Admission admission;

  EntryChecks(
      IdaSettings settings,
      Algorithms algorithms,
      SessionEnvelope envelope,
      DecryptionKeys decryptionKeys,
      Signers signers,
      BiometricChecks biometrics,
      Admission admission) {
    this.settings = settings;
    this.algorithms = algorithms;
    this.envelope = envelope;
    this.decryptionKeys = decryptionKeys;
    this.signers = signers;
    this.biometrics = biometrics;
    this.admission = admission;
  }

  /** What the checks found: exactly one of the two is there. */
  record Result(@Nullable Entry entry, @Nullable Refusal refusal) {}

  Result check(Incoming incoming, Instant now) {
    // F1
    Optional<ObjectNode> object = Json.readObject(incoming.body());
    if (object.isEmpty()) {
      return refused(
          Refusal.filter("F1", IdaErrors.NOT_PROCESSED, Map.of("expected", "a JSON object")));
    }
    ObjectNode body = object.get();
    Refusal head = head(incoming, body);
    if (head != null) {
      return refused(head);
    }
    // F5
    Signed signed = signature(incoming, now);
    X509Certificate signer = signed.certificate();
    if (signer == null) {
      return new Result(null, signed.refusal());
    }
    // F6
    if (!incoming.authorization()) {
      return refused(Refusal.filter("F6", IdaErrors.missing("Authorization - header")));
    }
    // F7
    Inner opened = open(incoming, body, now);
    InnerForm inner = opened.form();
    if (inner == null) {
      return new Result(null, opened.refusal());
    }
    // F9
    if (incoming.segments().size() < 3) {
      return refused(
          Refusal.filter(
              "F9",
              IdaErrors.of("IDA-MPA-038", "Required Number of Path parameters are missing in URI"),
              Map.of(
                  "expected",
                  "misp_lk/partner_id/api_key",
                  "received",
                  incoming.segments().size() + " segments")));
    }
    // F10
    String certificate = Thumbprint.of(signer).hex();
    Admission.Outcome admitted =
        admission.admit(
            incoming.licence(), incoming.partner(), incoming.apiKey(), certificate, now);
    Admitted caller = admitted.admitted();
    if (caller == null) {
      return refused(notAdmitted(admitted.refusal(), incoming, certificate));
    }
    // F11, F12
    Refusal policy = PolicyChecks.check(incoming.operation(), inner, caller);
    return policy != null
        ? refused(policy)
        : new Result(new Entry(incoming, body, inner, caller, now), null);
  }

  /** F2, F3, F4. */
  private static @Nullable Refusal head(Incoming incoming, ObjectNode body) {
    Member id = Member.of(body, "id");
    if (id.absent()) {
      return Refusal.filter("F2", IdaErrors.missing("id"));
    }
    if (!incoming.operation().id().equals(id.text())) {
      return Refusal.filter(
          "F2", IdaErrors.invalid("id"), Map.of("expected", incoming.operation().id()));
    }
    Member version = Member.of(body, "version");
    if (version.absent()) {
      return Refusal.filter("F3", IdaErrors.missing("version"));
    }
    if (!VERSION.matcher(version.orEmpty()).matches()) {
      return Refusal.filter("F3", IdaErrors.invalid("version"));
    }
    return incoming.signature() == null || incoming.signature().isEmpty()
        ? Refusal.filter("F4", IdaErrors.missing("signature header"))
        : null;
  }

  /** Who signed, or why nobody is believed to have: exactly one of the two is there. */
  private record Signed(@Nullable X509Certificate certificate, @Nullable Refusal refusal) {}

  private Signed signature(Incoming incoming, Instant now) {
    String fault;
    try {
      DetachedJws jws =
          DetachedJws.parse(
              Optional.ofNullable(incoming.signature()).orElse(""), settings.algorithms());
      Signers.Judged judged = signers.judge(Domain.AUTH, jws.certificateText(), now);
      X509Certificate certificate = judged.certificate();
      if (certificate != null
          && jws.verify(algorithms, certificate.getPublicKey(), incoming.body())) {
        return new Signed(certificate, null);
      }
      fault = certificate == null ? judged.fault() : "the signature is not over the bytes received";
    } catch (MalformedJwsException e) {
      fault = String.valueOf(e.getMessage());
    }
    return new Signed(
        null,
        Refusal.filter("F5", IdaErrors.signature("signature header"), Map.of("fault", fault)));
  }

  /** The decrypted part, or why there is none: exactly one of the two is there. */
  private record Inner(@Nullable InnerForm form, @Nullable Refusal refusal) {}

  private Inner open(Incoming incoming, ObjectNode body, Instant now) {
    Inner decrypted =
        incoming.operation() == Operation.OTP ? new Inner(InnerForm.NONE, null) : decrypt(body);
    InnerForm form = decrypted.form();
    if (form == null) {
      return decrypted;
    }
    if (!form.hasBiometrics()) {
      return incoming.body().length > settings.largestBody()
          ? new Inner(null, Refusal.tooLarge(settings.largestBody(), incoming.body().length))
          : decrypted;
    }
    BiometricChecks.Result found = biometrics.open(form.biometrics().elements(), now);
    return found.refusal() != null
        ? new Inner(null, found.refusal())
        : new Inner(form.with(found.captures()), null);
  }

  private Inner decrypt(ObjectNode body) {
    Member request = Member.of(body, "request");
    Member hmac = Member.of(body, "requestHMAC");
    Member sessionKey = Member.of(body, "requestSessionKey");
    Member thumbprint = Member.of(body, "thumbprint");
    if (List.of(request, hmac, sessionKey, thumbprint).stream().anyMatch(Member::wrongType)) {
      return new Inner(null, Refusal.filter("F7", IdaErrors.NOT_PROCESSED));
    }
    Opening opening =
        envelope.open(
            new SealedRequest(request.text(), hmac.text(), sessionKey.text(), thumbprint.text()),
            decryptionKeys);
    return switch (opening) {
      case Opening.Absent() -> new Inner(InnerForm.NONE, null);
      case Opening.Opened(byte[] plain) ->
          Json.readObject(plain)
              .map(inner -> new Inner(InnerForm.of(inner), null))
              .orElseGet(() ->
                  new Inner(
                      null,
                      Refusal.filter(
                          "F7",
                          IdaErrors.NOT_PROCESSED,
                          Map.of("expected", "a JSON object inside request"))));
      case Opening.Refused(Opening.Fault fault) ->
          new Inner(null, Refusal.filter("F7", error(fault), detail(fault, thumbprint)));
    };
  }

  private static IdaError error(Opening.Fault fault) {
    return switch (fault) {
      case MISSING_REQUEST -> IdaErrors.missing("request");
      case DECODING -> IdaErrors.NOT_PROCESSED;
      case MISSING_HMAC -> IdaErrors.missing("requestHMAC");
      case MISSING_SESSION_KEY -> IdaErrors.missing("requestSessionKey");
      case MISSING_THUMBPRINT -> IdaErrors.missing("thumbprint");
      case UNKNOWN_KEY, UNDECRYPTABLE -> IdaErrors.UNDECRYPTABLE;
      case EXPIRED_KEY -> IdaErrors.KEY_EXPIRED;
      case HASH_MISMATCH -> IdaErrors.HASH_DIFFERS;
    };
  }

  /** The operator is told what the caller is not: which decryption fault it was. */
  private static Map<String, String> detail(Opening.Fault fault, Member thumbprint) {
    return fault == Opening.Fault.UNKNOWN_KEY
        ? Map.of("fault", fault.name(), "thumbprint received", cut(thumbprint.orEmpty()))
        : Map.of("fault", fault.name());
  }

  private static Refusal notAdmitted(
      @Nullable AdmissionRefusal why, Incoming incoming, String certificate) {
    var detail = new LinkedHashMap<String, String>();
    // A key in the partner's place is still a key: what nobody is called is not written down.
    detail.put(
        "partner",
        why == AdmissionRefusal.NOT_REGISTERED
            ? "nobody with this API key; a name of %d characters"
                .formatted(incoming.partner().length())
            : cut(incoming.partner()));
    detail.put("reason", String.valueOf(why));
    if (why == AdmissionRefusal.OTHER_CERTIFICATE) {
      detail.put("thumbprint received", certificate);
    }
    return Refusal.filter("F10", admissionError(why), detail);
  }

  private static IdaError admissionError(@Nullable AdmissionRefusal why) {
    return switch (why) {
      case null -> IdaErrors.NOT_PROCESSED;
      case NOT_REGISTERED -> IdaErrors.of("IDA-MPA-009", "Partner is not registered");
      case PARTNER_INACTIVE, API_KEY_INACTIVE ->
          IdaErrors.of("IDA-MPA-012", "Partner is deactivated");
      case POLICY_DELETED ->
          IdaErrors.of("IDA-MPA-018", "Policy ID does not belong to a registered Partner");
      case POLICY_INACTIVE -> IdaErrors.of("IDA-MPA-019", "Partner policy is not active");
      case API_KEY_OUTSIDE_ITS_TIME ->
          IdaErrors.of(
              "IDA-MPA-039", "Partner API is expired or using before Commence Start Date.");
      case OTHER_CERTIFICATE ->
          IdaErrors.of(
              "IDA-MPA-021",
              "Partner (Auth) Certificate not matching with signature header certificate.");
      case LICENCE_UNKNOWN ->
          IdaErrors.of("IDA-MPA-007", "License key does not belong to a registered MISP");
      case LICENCE_INACTIVE -> IdaErrors.of("IDA-MPA-017", "License key of MISP is blocked");
      case LICENCE_EXPIRED -> IdaErrors.of("IDA-MPA-008", "License key of MISP has expired");
    };
  }

  private static String cut(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64);
  }

  private static Result refused(Refusal refusal) {
    return new Result(null, refusal);
  }
}
