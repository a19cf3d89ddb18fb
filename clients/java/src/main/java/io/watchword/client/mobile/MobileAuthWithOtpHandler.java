package io.watchword.client.mobile;

/** Learns the outcome of a scanned code; exactly one of the two is called, once. */
public interface MobileAuthWithOtpHandler {

  /** The server recorded that the person accepted. */
  void onSuccess();

  /** Everything else; 9006 if the person denied. */
  void onError(MobileAuthError error);
}
