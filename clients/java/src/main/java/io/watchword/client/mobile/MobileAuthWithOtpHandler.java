package io.watchword.client.mobile;

/** Learns the outcome of a scanned code: either success or an error, once. */
public interface MobileAuthWithOtpHandler {

  /** The server recorded that the person accepted. */
  void onSuccess();

  /** The same, with what follows from it; calls {@link #onSuccess()} unless overridden. */
  default void onSuccess(MobileAuthResult result) {
    onSuccess();
  }

  /** Everything else; 9006 if the person denied. */
  void onError(MobileAuthError error);
}
