package io.watchword.server.ida;

import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.SeenCertificate;
import io.watchword.server.keys.Signers;
import io.watchword.wire.ida.IdaError;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.CompactJws;
import io.watchword.wire.protection.DecryptionKeys;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.MalformedJwsException;
import io.watchword.wire.protection.Opening;
import io.watchword.wire.protection.SampleEnvelope;
import io.watchword.wire.protection.SealedSample;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of filter check F7 that opens {@code biometrics}: signatures, compulsory members, sealed
 * samples, chain of hashes (contract ida 4.4, in the order of its rows). Nothing that a device sent
 * is used before its signature holds.
 */
final class BiometricChecks {

  /** More elements are not looked at: each costs three operations with RSA keys. */
  static final int MOST_ELEMENTS = 64;

  private static final String STEP = "F7";

  private final Algorithms algorithms;
  private final Set<JwsAlgorithm> allowed;
  private final Signers signers;
  private final SampleEnvelope envelope;
  private final DecryptionKeys keys;
  private final boolean hashChain;

  /**
   * @param allowed algorithms of signatures
   * @param keys to which devices encrypt
   * @param hashChain whether the hashes of the elements are checked
   */
  BiometricChecks(
      Algorithms algorithms,
      Set<JwsAlgorithm> allowed,
      Signers signers,
      SampleEnvelope envelope,
      DecryptionKeys keys,
      boolean hashChain) {
    this.algorithms = algorithms;
    this.allowed = allowed;
    this.signers = signers;
    this.envelope = envelope;
    this.keys = keys;
    this.hashChain = hashChain;
  }

  /** What the elements hold, one capture of each. */
  List<Capture> open(List<JsonNode> elements, Instant now) throws RefusedException {
    if (elements.size() > MOST_ELEMENTS) {
      throw refused(
          IdaErrors.NOT_PROCESSED,
          Map.of(
              "expected",
              "at most " + MOST_ELEMENTS + " biometrics",
              "received",
              String.valueOf(elements.size())));
    }
    var captures = new ArrayList<Capture>();
    for (int i = 0; i < elements.size(); i++) {
      captures.add(capture(elements.get(i), "request/biometrics/" + i, now));
    }
    if (hashChain) {
      requireChain(elements, captures);
    }
    return List.copyOf(captures);
  }

  private Capture capture(JsonNode element, String place, Instant now) throws RefusedException {
    String dataPlace = place + "/data";
    String signed = required(element, "data", dataPlace);
    ObjectNode data = verified(Domain.DEVICE, signed, dataPlace, now);
    String idPlace = dataPlace + "/digitalId";
    // Where there is no digital id there is no type of it either, and that is what is compulsory.
    String signedId = required(data, "digitalId", idPlace + "/type");
    ObjectNode digitalId = verified(Domain.FTM, signedId, idPlace, now);
    String sessionKey = required(element, "sessionKey", place + "/sessionKey");
    required(element, "hash", place + "/hash");
    String value = required(data, "bioValue", dataPlace + "/bioValue");
    String timestamp = required(data, "timestamp", dataPlace + "/timestamp");
    required(data, "bioType", dataPlace + "/bioType");
    required(digitalId, "type", idPlace + "/type");
    var sealed =
        new SealedSample(
            value,
            sessionKey,
            Member.of(element, "thumbprint").text(),
            timestamp,
            Member.of(data, "transactionId").text());
    return new Capture(data, digitalId, sample(sealed, place));
  }

  private ObjectNode verified(Domain domain, String value, String place, Instant now)
      throws RefusedException {
    String fault;
    try {
      CompactJws jws = CompactJws.parse(value, allowed);
      Signers.Judged judged = signers.judge(domain, jws.certificateText(), now);
      SeenCertificate certificate = judged.certificate();
      if (certificate != null && jws.verify(algorithms, certificate.key())) {
        return Json.readObject(jws.payload())
            .orElseThrow(() ->
                refused(IdaErrors.NOT_PROCESSED, Map.of("expected", "a JSON object in " + place)));
      }
      fault = certificate == null ? judged.fault() : "the signature is not over what was received";
    } catch (MalformedJwsException e) {
      fault = String.valueOf(e.getMessage());
    }
    throw refused(IdaErrors.signature(place), Map.of("fault", fault));
  }

  /** A member that is no text, or empty, counts as missing. */
  private static String required(JsonNode object, String name, String place)
      throws RefusedException {
    return Member.of(object, name)
        .filled()
        .orElseThrow(() -> refused(IdaErrors.missing(place), Map.of()));
  }

  private byte[] sample(SealedSample sealed, String place) throws RefusedException {
    return switch (envelope.open(sealed, keys)) {
      case Opening.Opened(byte[] plain) -> plain;
      case Opening.Refused(Opening.Fault fault) ->
          throw refused(
              fault == Opening.Fault.EXPIRED_KEY ? IdaErrors.KEY_EXPIRED : IdaErrors.UNDECRYPTABLE,
              Map.of("fault", fault.name(), "element", place));
      case Opening.Absent() ->
          throw new IllegalStateException("a sample is never absent here: " + place);
    };
  }

  /** Each hash covers the one before it: none can be left out, put in or moved. */
  private static void requireChain(List<JsonNode> elements, List<Capture> captures)
      throws RefusedException {
    byte[] chain = Algorithms.sha256().digest();
    for (int i = 0; i < captures.size(); i++) {
      MessageDigest link = Algorithms.sha256();
      link.update(chain);
      chain = link.digest(Algorithms.sha256().digest(captures.get(i).sample()));
      String claimed = Member.of(elements.get(i), "hash").orEmpty();
      if (!HexFormat.of().formatHex(chain).equalsIgnoreCase(claimed)) {
        throw refused(
            IdaErrors.of("IDA-BIA-014", "Hash Validation Failed"),
            Map.of("element", "request/biometrics/" + i));
      }
    }
  }

  private static RefusedException refused(IdaError error, Map<String, String> detail) {
    return new RefusedException(Refusal.filter(STEP, error, detail));
  }
}
