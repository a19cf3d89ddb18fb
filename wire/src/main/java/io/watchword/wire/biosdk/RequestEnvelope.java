package io.watchword.wire.biosdk;

import io.watchword.wire.biosdk.BioSdkJson.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a request (contract biosdk 2).
 *
 * @param version must be {@link #VERSION}
 * @param request base64 of the content's UTF-8, standard alphabet with padding, one line
 */
public record RequestEnvelope(@Nullable String version, @Nullable String request) {

  /** Of the contract. */
  public static final String VERSION = "1.0";

  /** What was sent may be of a person. */
  @Override
  public String toString() {
    return "RequestEnvelope[sealed]";
  }

  /** The body of a request with this content. */
  public static byte[] seal(Object content) {
    String request = Base64.getEncoder().encodeToString(BioSdkJson.write(content));
    return BioSdkJson.write(new RequestEnvelope(VERSION, request));
  }

  /**
   * The content of this request.
   *
   * @throws RequestRefused with the error that a service answers
   */
  public <T> T open(Class<T> type, Reading reading) throws RequestRefused {
    if (!VERSION.equals(version)) {
      throw new RequestRefused(ServiceError.Code.BIO_SDK_001.error(""));
    }
    byte[] content;
    try {
      content = Base64.getDecoder().decode(request == null ? "?" : request);
    } catch (IllegalArgumentException e) {
      throw invalid("not base64");
    }
    String text = new String(content, StandardCharsets.UTF_8).strip();
    if (text.isEmpty() || text.equals("null")) {
      throw new RequestRefused(ServiceError.Code.BIOSDK_LIB_EXCEPTION.error("no content"));
    }
    return BioSdkJson.read(content, type, reading)
        .orElseThrow(() -> invalid("not of the contract's form"));
  }

  private static RequestRefused invalid(String detail) {
    return new RequestRefused(ServiceError.Code.INVALID_REQUEST_BODY.error(detail));
  }
}
