package io.watchword.wire.ida;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /otp} (contract ida 2.1).
 *
 * @param id {@code mosip.identity.otp}
 * @param version {@code 1.0}
 * @param individualId UIN, VID or handle
 * @param individualIdType {@code UIN}, {@code VID}, {@code HANDLE}, or null for "find out"
 * @param transactionId ten letters or digits
 * @param requestTime {@code yyyy-MM-dd'T'HH:mm:ss.SSSXXX}
 * @param otpChannel {@code email}, {@code phone} or both
 * @param metadata always empty; the server overwrites it
 */
public record OtpRequest(
    String id,
    String version,
    String individualId,
    @Nullable String individualIdType,
    @JsonProperty("transactionID") String transactionId,
    String requestTime,
    List<String> otpChannel,
    Map<String, String> metadata) {}
