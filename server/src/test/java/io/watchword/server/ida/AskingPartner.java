package io.watchword.server.ida;

import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.partners.PartnerKey;
import io.watchword.server.partners.Provisioning;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.JwsSigner;
import io.watchword.wire.protection.SealedRequest;
import io.watchword.wire.protection.SessionEnvelope;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A relying party with a policy of its own, and the requests that it makes. */
final class AskingPartner {

  private final ServerKeys keys;
  private final String id;
  private final String licence;
  private final String apiKey;
  private final JwsSigner signer;

  /**
   * @param id of partner and policy
   * @param allowed entries of the policy's {@code allowedAuthTypes}
   */
  AskingPartner(Provisioning provisioning, ServerKeys keys, String id, String allowed) {
    this.keys = keys;
    this.id = id;
    provisioning
        .policies()
        .put("test", id, "{\"authTokenType\":\"policy\",\"allowedAuthTypes\":[" + allowed + "]}");
    Provisioning.Onboarded onboarded =
        provisioning.onboard("test", id, "Example", new PartnerKey.Generated("Example"), id);
    this.licence = provisioning.issueLicence("test", id, List.of(), null, null);
    this.apiKey = onboarded.apiKey();
    try {
      this.signer =
          JwsSigner.ofPartner(
              Algorithms.ofJdk(),
              JwsAlgorithm.RS256,
              Objects.requireNonNull(onboarded.privateKey()),
              onboarded.chain().getFirst());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A request of {@code /auth} or {@code /kyc}.
   *
   * @param biometrics of the inner request
   * @param bend changes the outer body before it is signed
   */
  Incoming ask(Operation operation, JsonNode biometrics, Consumer<ObjectNode> bend) {
    ObjectNode inner = Json.mapper().createObjectNode();
    inner.set("biometrics", biometrics);
    inner.put("timestamp", RequestTime.utc(CaptureStudio.NOW));
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", operation.id());
    body.put("version", "1.0");
    body.put("individualId", "2047631038");
    body.put("individualIdType", "UIN");
    body.put("transactionID", CaptureStudio.TRANSACTION);
    body.put("requestTime", RequestTime.utc(CaptureStudio.NOW));
    body.put("domainUri", CaptureStudio.DOMAIN);
    body.put("env", CaptureStudio.ENV);
    body.put("consentObtained", true);
    SealedRequest sealed = seal(Json.write(inner));
    body.put("request", sealed.request());
    body.put("requestHMAC", sealed.requestHmac());
    body.put("requestSessionKey", sealed.requestSessionKey());
    body.put("thumbprint", sealed.thumbprint());
    bend.accept(body);
    byte[] bytes = Json.write(body);
    return new Incoming(
        operation, List.of(licence, id, apiKey), signer.sign(bytes), true, bytes, "request-1");
  }

  private SealedRequest seal(byte[] inner) {
    try {
      return new SessionEnvelope(Algorithms.ofJdk(), new SecureRandom())
          .seal(inner, keys.certificate(KeyUse.IDA_PARTNER));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
