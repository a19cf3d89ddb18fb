package io.watchword.client.mobile;

/** Learns the outcome of an enrollment; exactly one of the two is called, once. */
public interface MobileAuthEnrollmentHandler {

  /** This device can answer for the person from now on. */
  void onSuccess();

  /** It cannot, and why. */
  void onError(MobileAuthError error);
}
