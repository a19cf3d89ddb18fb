package io.watchword.client.ida;

import io.watchword.client.http.Unanswered;
import io.watchword.wire.ida.IdaError;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a call did not succeed; one of the four nested classes. No text here contains a code, an
 * identifier or a key.
 */
public abstract sealed class AuthenticatorException extends Exception
    permits AuthenticatorException.TransportFailure,
        AuthenticatorException.Refusal,
        AuthenticatorException.InvalidSignature,
        AuthenticatorException.DecryptionFailure {

  private static final long serialVersionUID = 1L;

  private AuthenticatorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * There is no usable answer: no connection, a timeout, another HTTP status than 200, or a reply
   * that is not of this format. Whether the server acted on the request is not known.
   */
  public static final class TransportFailure extends AuthenticatorException {

    private static final long serialVersionUID = 1L;

    TransportFailure(String message) {
      super(message, null);
    }

    TransportFailure(Unanswered why) {
      super(String.valueOf(why.getMessage()), why.getCause());
    }
  }

  /** The server answered no. */
  public static final class Refusal extends AuthenticatorException {

    private static final long serialVersionUID = 1L;

    // Contract ida 2.4, item 2.
    private static final Set<String> MISMATCHES =
        Set.of("IDA-OTA-004", "IDA-DEA-001", "IDA-BIA-001", "IDA-SPA-001");

    private final transient List<IdaError> errors;

    Refusal(List<IdaError> errors) {
      super(
          errors.isEmpty()
              ? "refused without a reason"
              : errors.stream()
                  .map(error -> error.errorCode() + " " + error.errorMessage())
                  .collect(Collectors.joining("; ")),
          null);
      this.errors = List.copyOf(errors);
    }

    /**
     * What was wrong, in the server's order: code, message and, with some, what the individual may
     * do. A check of the request itself comes as the general {@code IDA-MLC-007} followed by the
     * special one.
     */
    public List<IdaError> errors() {
      return errors;
    }

    /**
     * Whether the request was sound and a factor did not match: a wrong code or different personal
     * data. The individual may try again.
     */
    public boolean isMismatch() {
      return errors.stream().allMatch(error -> MISMATCHES.contains(error.errorCode()));
    }

    /** Whether an error has this code, for example {@code IDA-OTA-013}. */
    public boolean has(String errorCode) {
      return errors.stream().anyMatch(error -> error.errorCode().equals(errorCode));
    }
  }

  /**
   * The reply is not signed by the server, so nothing in it was looked at. Whether the server acted
   * on the request is not known.
   */
  public static final class InvalidSignature extends AuthenticatorException {

    private static final long serialVersionUID = 1L;

    InvalidSignature(String message) {
      super(message, null);
    }
  }

  /** The identity does not decrypt with the configured key. */
  public static final class DecryptionFailure extends AuthenticatorException {

    private static final long serialVersionUID = 1L;

    DecryptionFailure(String message) {
      super(message, null);
    }
  }
}
