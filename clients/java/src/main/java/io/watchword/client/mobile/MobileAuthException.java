package io.watchword.client.mobile;

/** An error where there is no handler for it. */
public final class MobileAuthException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient MobileAuthError error;

  MobileAuthException(MobileAuthError error) {
    super(error.toString());
    this.error = error;
  }

  MobileAuthException(MobileAuthError error, Throwable cause) {
    super(error.toString(), cause);
    this.error = error;
  }

  /** What went wrong. */
  public MobileAuthError error() {
    return error;
  }
}
