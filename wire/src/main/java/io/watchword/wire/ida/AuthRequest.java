package io.watchword.wire.ida;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /auth} and {@code POST /kyc} (contract ida 2.2).
 *
 * @param id {@code mosip.identity.auth} or {@code mosip.identity.kyc}
 * @param version {@code 1.0}
 * @param individualId UIN, VID or handle
 * @param individualIdType {@code UIN}, {@code VID}, {@code HANDLE}, or null for "find out"
 * @param transactionId ten letters or digits; that of the OTP request if a code is given back
 * @param requestTime {@code yyyy-MM-dd'T'HH:mm:ss.SSSXXX}
 * @param specVersion {@code 1.0}; not looked at
 * @param thumbprint of the server's encryption certificate, base64url with padding
 * @param domainUri one of the server's configured base addresses
 * @param env one of the server's configured environments
 * @param requestedAuth ignored by the server
 * @param consentObtained whether the individual agreed; the server refuses without
 * @param requestHmac protected hash of the inner request
 * @param requestSessionKey protected AES key
 * @param request protected {@link InnerRequest}
 * @param metadata always empty; the server overwrites it
 */
public record AuthRequest(
    String id,
    String version,
    String individualId,
    @Nullable String individualIdType,
    @JsonProperty("transactionID") String transactionId,
    String requestTime,
    String specVersion,
    @Nullable String thumbprint,
    @Nullable String domainUri,
    @Nullable String env,
    RequestedAuth requestedAuth,
    boolean consentObtained,
    @JsonProperty("requestHMAC") @Nullable String requestHmac,
    @Nullable String requestSessionKey,
    @Nullable String request,
    Map<String, String> metadata) {

  /** A relic: sent with all members false, ignored by the server. */
  public record RequestedAuth(boolean demo, boolean pin, boolean otp, boolean bio) {

    /** What the published client always sends. */
    public static final RequestedAuth NONE = new RequestedAuth(false, false, false, false);
  }
}
