package io.watchword.server.ida;

import io.watchword.core.partner.Admission;
import io.watchword.core.partner.AdmissionRefusal;
import io.watchword.core.partner.Admitted;
import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.SeenCertificate;
import io.watchword.server.keys.Signers;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.DetachedJws;
import io.watchword.wire.protection.MalformedJwsException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that passed the filter checks.
 *
 * @param incoming as received
 * @param body its JSON
 * @param inner its decrypted part
 * @param caller who asks and what the policy allows
 * @param now when the checks began: all of them look at the same clock
 */
record Entry(Incoming incoming, ObjectNode body, InnerForm inner, Admitted caller, Instant now) {

  private static final Pattern VERSION = Pattern.compile("\\d\\.\\d(\\.\\d)?");

  /**
   * F1 to F12 of contract ida 2.3, in that order: callers see the first fault only. F8, which sorts
   * demographic members, is done where they are read.
   */
  static Entry of(Incoming incoming, Gate gate, Instant now) throws RefusedException {
    ObjectNode body = object(incoming); // F1
    head(incoming, body); // F2, F3, F4
    SeenCertificate signer = signer(incoming, gate, now); // F5
    if (!incoming.authorization()) {
      throw new RefusedException(Refusal.filter("F6", IdaErrors.missing("Authorization - header")));
    }
    InnerForm inner =
        incoming.operation() == Operation.OTP
            ? InnerForm.NONE
            : InnerForm.open(incoming, body, gate, now); // F7
    path(incoming); // F9
    Admitted caller = admitted(incoming, gate, signer, now); // F10
    PolicyFactor.check(incoming.operation(), inner, caller.policy()); // F11, F12
    return new Entry(incoming, body, inner, caller, now);
  }

  private static ObjectNode object(Incoming incoming) throws RefusedException {
    return Json.readObject(incoming.body())
        .orElseThrow(() ->
            new RefusedException(
                Refusal.filter(
                    "F1", IdaErrors.NOT_PROCESSED, Map.of("expected", "a JSON object"))));
  }

  private static void head(Incoming incoming, ObjectNode body) throws RefusedException {
    Member id = Member.of(body, "id");
    if (id.absent()) {
      throw new RefusedException(Refusal.filter("F2", IdaErrors.missing("id")));
    }
    if (!incoming.operation().id().equals(id.text())) {
      throw new RefusedException(
          Refusal.filter(
              "F2", IdaErrors.invalid("id"), Map.of("expected", incoming.operation().id())));
    }
    Member version = Member.of(body, "version");
    if (version.absent()) {
      throw new RefusedException(Refusal.filter("F3", IdaErrors.missing("version")));
    }
    if (!VERSION.matcher(version.orEmpty()).matches()) {
      throw new RefusedException(Refusal.filter("F3", IdaErrors.invalid("version")));
    }
    if (incoming.signature().isEmpty()) {
      throw new RefusedException(Refusal.filter("F4", IdaErrors.missing("signature header")));
    }
  }

  private static SeenCertificate signer(Incoming incoming, Gate gate, Instant now)
      throws RefusedException {
    String fault;
    try {
      DetachedJws jws = DetachedJws.parse(incoming.signature(), gate.settings().algorithms());
      Signers.Judged judged = gate.signers().judge(Domain.AUTH, jws.certificateText(), now);
      SeenCertificate certificate = judged.certificate();
      if (certificate != null
          && jws.verify(gate.algorithms(), certificate.key(), incoming.body())) {
        return certificate;
      }
      fault = certificate == null ? judged.fault() : "the signature is not over the bytes received";
    } catch (MalformedJwsException e) {
      fault = String.valueOf(e.getMessage());
    }
    throw new RefusedException(
        Refusal.filter("F5", IdaErrors.signature("signature header"), Map.of("fault", fault)));
  }

  private static void path(Incoming incoming) throws RefusedException {
    int segments = incoming.segments().size();
    if (segments < 3) {
      throw new RefusedException(
          Refusal.filter(
              "F9",
              IdaErrors.of("IDA-MPA-038", "Required Number of Path parameters are missing in URI"),
              Map.of(
                  "expected", "misp_lk/partner_id/api_key", "received", segments + " segments")));
    }
  }

  private static Admitted admitted(
      Incoming incoming, Gate gate, SeenCertificate signer, Instant now) throws RefusedException {
    String thumbprint = signer.sha256();
    return switch (gate.admission()
        .admit(incoming.licence(), incoming.partner(), incoming.apiKey(), thumbprint, now)) {
      case Admitted caller -> caller;
      case Admission.Refused(AdmissionRefusal why) -> {
        var detail = new LinkedHashMap<String, String>();
        // A key in the partner's place is still a key: what nobody is called is not written down.
        detail.put(
            "partner",
            why == AdmissionRefusal.NOT_REGISTERED
                ? "nobody with this API key; a name of %d characters"
                    .formatted(incoming.partner().length())
                : Refusal.cut(incoming.partner()));
        detail.put("reason", why.name());
        if (why == AdmissionRefusal.OTHER_CERTIFICATE) {
          detail.put("thumbprint received", thumbprint);
        }
        throw new RefusedException(Refusal.filter("F10", Spelling.refused(why), detail));
      }
    };
  }

  String transaction() {
    return Member.of(body, "transactionID").orEmpty();
  }

  /** Empty if it is any other text: callers mix up members, and this is written down. */
  String wellFormedTransaction() {
    String transaction = transaction();
    return AuthForm.TRANSACTION.matcher(transaction).matches() ? transaction : "";
  }

  /** Without body and claims. */
  @Override
  public String toString() {
    return "Entry[" + incoming + "]";
  }
}
