package io.watchword.wire.ida;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the protected {@code request} member holds (contract ida 4.1), in the order of the published
 * client, which always sends the first four.
 *
 * @param biometrics empty for no biometric factor
 * @param demographics null for no demographic factor
 * @param otp empty for no code
 * @param timestamp {@code yyyy-MM-dd'T'HH:mm:ss.SSSXXX}
 * @param staticPin null for no PIN; left out then
 */
public record InnerRequest(
    List<Biometric> biometrics,
    @Nullable Demographics demographics,
    String otp,
    String timestamp,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String staticPin) {

  /** The factors must not show up in a log. */
  @Override
  public String toString() {
    return "InnerRequest[timestamp=" + timestamp + "]";
  }

  /**
   * One capture (contract ida 4.4).
   *
   * @param data compact JWS signed by the device
   * @param hash chained hash, upper-case hexadecimal
   * @param sessionKey key of the capture, encrypted to the server's key {@code IDA-FIR}
   * @param specVersion of the device specification
   * @param thumbprint of the {@code IDA-FIR} certificate
   */
  public record Biometric(
      String data, String hash, String sessionKey, String specVersion, String thumbprint) {}
}
