package io.watchword.server.kernel;

import io.helidon.http.Status;
import io.watchword.wire.kernel.KernelError;
import java.util.List;

/** Ends a request with errors. Without a stack trace, since it is no fault of the program. */
public final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Status status;
  private final transient List<KernelError> errors;

  public Refused(Status status, List<KernelError> errors) {
    super(errors.getFirst().errorCode(), null, false, false);
    this.status = status;
    this.errors = List.copyOf(errors);
  }

  /** With HTTP 200, like nearly all. */
  public Refused(String code, String message) {
    this(Status.OK_200, code, message);
  }

  public Refused(Status status, String code, String message) {
    this(status, List.of(new KernelError(code, message)));
  }

  public Status status() {
    return status;
  }

  public List<KernelError> errors() {
    return errors;
  }
}
