package io.watchword.wire.biosdk;

/**
 * An entry of {@code errors} (contract biosdk 2).
 *
 * @param code one of {@link Code}, or any other text
 * @param message for people; its detail is the service's own text and goes into no log of ours
 */
public record ServiceError(String code, String message) {

  public ServiceError {
    code = code == null ? "" : code;
    message = message == null ? "" : message;
  }

  /** Those that are sent. */
  public enum Code {
    /** {@code version} is missing or not {@code 1.0}. */
    BIO_SDK_001("No Bio SDK service provider implementations found for given version"),
    /** {@code request} is absent, or not what base64 or the messages allow. */
    INVALID_REQUEST_BODY("Unable to parse request body: "),
    /** The SDK failed; also when the decoded text is empty or {@code null}. */
    BIOSDK_LIB_EXCEPTION("Exception thrown by BioSDK library: "),
    /** There is no SDK. */
    NO_BIOSDK_PROVIDER_FOUND("No BioSDK provider found with the given version");

    private final String message;

    Code(String message) {
      this.message = message;
    }

    /**
     * As an error.
     *
     * @param detail follows the message; empty where there is none
     */
    public ServiceError error(String detail) {
      return new ServiceError(name(), message + detail);
    }
  }
}
