package io.watchword.client.mobile.portal;

import io.watchword.client.http.Unanswered;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a call did not succeed; one of the two nested classes. No text here contains a code, a secret
 * or an identifier, nor what the server wrote beside its error codes.
 */
public abstract sealed class PortalException extends Exception
    permits PortalException.TransportFailure, PortalException.Refusal {

  private static final long serialVersionUID = 1L;

  private PortalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * There is no usable answer: no connection, a timeout, or a reply that is not of this format.
   * Whether the server acted on the request is not known.
   */
  public static final class TransportFailure extends PortalException {

    private static final long serialVersionUID = 1L;

    TransportFailure(String message) {
      super(message, null);
    }

    TransportFailure(Unanswered why) {
      super(String.valueOf(why.getMessage()), why.getCause());
    }
  }

  /** The server answered no. */
  public static final class Refusal extends PortalException {

    private static final long serialVersionUID = 1L;

    // A code is printed only if it looks like one: a server may put anything there.
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,40}");
    private static final Pattern CODE = Pattern.compile("[0-9]{4}");

    private final int httpStatus;
    private final String error;
    private final String errorCode;
    private final @Nullable Duration retryAfter;

    Refusal(int httpStatus, String error, String errorCode, @Nullable Duration retryAfter) {
      super(text(httpStatus, error, errorCode), null);
      this.httpStatus = httpStatus;
      this.error = error;
      this.errorCode = errorCode;
      this.retryAfter = retryAfter;
    }

    /** Status of the reply. */
    public int httpStatus() {
      return httpStatus;
    }

    /** For example {@code already_redeemed}; empty if there is none. */
    public String error() {
      return error;
    }

    /** For example {@code 1003} (contract mobile 1.7); empty if there is none. */
    public String errorCode() {
      return errorCode;
    }

    /** When to ask again, if the server says so. */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }

    private static String text(int httpStatus, String error, String errorCode) {
      return "refused with HTTP "
          + httpStatus
          + (WORD.matcher(error).matches() ? ": " + error : "")
          + (CODE.matcher(errorCode).matches() ? " (" + errorCode + ")" : "");
    }
  }
}
