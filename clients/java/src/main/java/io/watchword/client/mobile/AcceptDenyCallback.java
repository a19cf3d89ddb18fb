package io.watchword.client.mobile;

/**
 * Takes the person's decision. The first call that can be one decides; every later one is ignored
 * with a warning in the log, as is one that comes after the end.
 */
public interface AcceptDenyCallback {

  /** Accepts; ignored with a warning where a number is needed. */
  void acceptAuthenticationRequest();

  /**
   * Accepts with the number that the login page shows; ignored with a warning if it is none of
   * those to choose from, or has not two digits.
   */
  void acceptAuthenticationRequest(String number);

  /** Denies. */
  void denyAuthenticationRequest();

  /** Denies and says why. */
  void denyAuthenticationRequest(DenyReason reason);
}
