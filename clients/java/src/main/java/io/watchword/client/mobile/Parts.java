package io.watchword.client.mobile;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the stories of this library work with.
 *
 * @param worker where requests are sent, one story's step after the other
 * @param timer that only hands on
 * @param callbacks where the app's handlers run
 */
record Parts(
    MobileAuthConfig config,
    Connection connection,
    Enrollments enrollments,
    Executor worker,
    ScheduledExecutorService timer,
    Executor callbacks) {

  /** Who is logged in. */
  UserSession session() throws MobileAuthException {
    Optional<UserSession> session;
    try {
      session = config.session().get();
    } catch (RuntimeException e) {
      throw new MobileAuthException(Refusals.nobodyLoggedIn(), e);
    }
    UserSession known = session.orElseThrow(() -> Refusals.nobodyLoggedIn().exception());
    if (!MobileAuthConfig.isSignable(known.profileId())) {
      throw MobileAuthError.lasting(
              MobileAuthError.PROFILE_NOT_REGISTERED, "the session has no profile id")
          .exception();
    }
    return known;
  }

  /** Who is logged in, as long as it is the same person as before. */
  UserSession session(String profileId) throws MobileAuthException {
    UserSession session = session();
    if (!session.profileId().equals(profileId)) {
      throw Refusals.nobodyLoggedIn().exception();
    }
    return session;
  }

  /** What the server refused with; keys that it does not know any more are deleted. */
  MobileAuthException refused(MobileAuthError error, String profileId) {
    try {
      switch (error.code()) {
        case MobileAuthError.DEVICE_DEREGISTERED -> enrollments.forgetAll();
        case MobileAuthError.USER_DEREGISTERED,
            MobileAuthError.USER_DISENROLLED,
            MobileAuthError.NOT_ENROLLED ->
            enrollments.forget(profileId);
        default -> {}
      }
    } catch (MobileAuthException e) {
      Warnings.give("keys that the server does not know could not be deleted");
    }
    return error.exception();
  }
}
