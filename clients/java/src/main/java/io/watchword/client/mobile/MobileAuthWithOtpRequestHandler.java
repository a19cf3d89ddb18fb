package io.watchword.client.mobile;

/** Shows requests to the person; the app's part. */
public interface MobileAuthWithOtpRequestHandler {

  /**
   * Shows a request and returns; the person's decision goes to the callback, now or later. Comes
   * again for the same request only after a wrong number was typed.
   */
  void startAuthentication(MobileAuthRequest request, AcceptDenyCallback callback);

  /** Stops showing it. Comes once for each request that was shown, before its outcome. */
  void finishAuthentication();
}
