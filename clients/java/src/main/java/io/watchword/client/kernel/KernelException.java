package io.watchword.client.kernel;

import io.watchword.client.http.Unanswered;
import io.watchword.wire.kernel.KernelError;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a call did not succeed; one of the two nested classes. No text here contains a code, an
 * identifier, a secret or a token, nor what the server wrote beside its error codes.
 */
public abstract sealed class KernelException extends Exception
    permits KernelException.TransportFailure, KernelException.Refusal {

  private static final long serialVersionUID = 1L;

  private KernelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * There is no usable answer: no connection, a timeout, or a reply that is not of this format.
   * Whether the server acted on the request is not known.
   */
  public static final class TransportFailure extends KernelException {

    private static final long serialVersionUID = 1L;

    TransportFailure(String message) {
      super(message, null);
    }

    TransportFailure(Unanswered why) {
      super(String.valueOf(why.getMessage()), why.getCause());
    }

    /** The same for another thread that waited for the same answer. */
    TransportFailure(TransportFailure shared) {
      super(String.valueOf(shared.getMessage()), shared);
    }
  }

  /** The server answered no. */
  public static final class Refusal extends KernelException {

    private static final long serialVersionUID = 1L;

    // A code is printed only if it looks like one: a server may put anything there.
    private static final Pattern CODE = Pattern.compile("[A-Z]{2,}[A-Z0-9_-]{1,60}|[0-9]{3}");

    private final RefusalReason reason;
    private final int httpStatus;
    private final transient List<KernelError> errors;

    /**
     * @param errors empty if the service said no by a status instead
     */
    Refusal(RefusalReason reason, int httpStatus, List<KernelError> errors) {
      super(text(reason, errors), null);
      this.reason = reason;
      this.httpStatus = httpStatus;
      this.errors = List.copyOf(errors);
    }

    /** The same for another thread that waited for the same answer. */
    Refusal(Refusal shared) {
      super(String.valueOf(shared.getMessage()), shared);
      this.reason = shared.reason;
      this.httpStatus = shared.httpStatus;
      this.errors = shared.errors;
    }

    /** Why; that of the first error if there are several. */
    public RefusalReason reason() {
      return reason;
    }

    /** Status of the reply. Most refusals come with 200. */
    public int httpStatus() {
      return httpStatus;
    }

    /**
     * The server's own codes and texts, in its order; empty where it said no by the member {@code
     * status}. The texts are the server's: some quote the request, so keep them out of logs.
     */
    public List<KernelError> errors() {
      return errors;
    }

    /** Whether the request was sound and the code was another; the user may try again. */
    public boolean isMismatch() {
      return reason == RefusalReason.CODE_WRONG;
    }

    /** Whether an error has this code, for example {@code KER-OTV-005}. */
    public boolean has(String errorCode) {
      return errors.stream().anyMatch(error -> error.errorCode().equals(errorCode));
    }

    private static String text(RefusalReason reason, List<KernelError> errors) {
      String codes =
          errors.stream()
              .map(KernelError::errorCode)
              .map(code -> CODE.matcher(code).matches() ? code : "another code")
              .collect(Collectors.joining(", "));
      return "refused: " + reason + (codes.isEmpty() ? "" : " (" + codes + ")");
    }
  }
}
