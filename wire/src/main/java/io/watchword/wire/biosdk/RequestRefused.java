package io.watchword.wire.biosdk;

/** A request that a service does not take. */
public final class RequestRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient ServiceError error;

  RequestRefused(ServiceError error) {
    super(error.code(), null, false, false);
    this.error = error;
  }

  /** What is answered; of fixed text. */
  public ServiceError error() {
    return error;
  }
}
