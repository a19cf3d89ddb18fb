package io.watchword.client.mobile.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Who accepted a login. {@code toString} shows the transaction only.
 *
 * @param userId account at the server
 * @param method that was really used
 * @param authTime when it was accepted, by the server's clock
 * @param amr of OpenID Connect
 * @param device that answered
 * @param proximity of browser and app; a hint
 * @param signature what proves it afterwards; empty if the server does not give it
 */
public record Result(
    String transactionId,
    String userId,
    String method,
    Optional<Instant> authTime,
    List<String> amr,
    Optional<Device> device,
    Optional<String> proximity,
    Optional<Signature> signature) {

  /** Copies the list. */
  public Result {
    amr = List.copyOf(amr);
  }

  /** A device as its owner knows it. */
  public record Device(String id, String name, String platform) {}

  /**
   * The device's signature.
   *
   * @param signedData base64url of the signed text
   * @param signature base64url of r and s
   * @param publicKeyPem of the device
   * @param verified whether the server found it good
   */
  public record Signature(
      String signedData, String signature, String publicKeyPem, boolean verified) {}

  /** Reads a success. */
  static Result read(Reply reply, String transactionId) throws PortalException {
    JsonNode body = reply.body();
    if (!body.path("is_authenticated").booleanValue(false)
        || !reply.required("transaction_id").equals(transactionId)
        || reply.required("user_id").isBlank()) {
      throw Reply.unreadable();
    }
    List<String> amr = new ArrayList<>();
    for (JsonNode each : body.path("amr")) {
      amr.add(each.stringValue(""));
    }
    JsonNode authTime = body.path("auth_time");
    JsonNode device = body.path("device");
    return new Result(
        transactionId,
        reply.required("user_id"),
        reply.text("authentication_method").orElse("otp"),
        authTime.isIntegralNumber() && authTime.canConvertToInt()
            ? Optional.of(Instant.ofEpochSecond(authTime.longValue()))
            : Optional.empty(),
        amr,
        Reply.text(device, "id")
            .map(id ->
                new Device(
                    id,
                    Reply.text(device, "name").orElse(""),
                    Reply.text(device, "platform").orElse(""))),
        reply.text("proximity"),
        reply
            .text("signed_data")
            .map(data ->
                new Signature(
                    data,
                    reply.text("signature").orElse(""),
                    reply.text("user_public_key").orElse(""),
                    body.path("signature_verified").booleanValue(false))));
  }

  @Override
  public String toString() {
    return "Result[" + transactionId + "]";
  }
}
