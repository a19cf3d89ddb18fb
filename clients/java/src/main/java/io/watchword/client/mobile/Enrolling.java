package io.watchword.client.mobile;

import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.SignedText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Enrolls this device for the person who is logged in (contract mobile 3.5). */
final class Enrolling {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private final Parts parts;

  Enrolling(Parts parts) {
    this.parts = parts;
  }

  /**
   * Takes the key of this device from the server, then from here.
   *
   * @throws MobileAuthException with 9021 if there is none
   */
  void disenroll(Optional<String> profileId) throws MobileAuthException {
    UserSession session = profileId.isPresent() ? parts.session(profileId.get()) : parts.session();
    Enrollments enrollments = parts.enrollments();
    Optional<Enrollment> mine = enrollments.confirmed(session.profileId());
    if (mine.isEmpty()) {
      mine = enrollments.open(session.profileId());
    }
    String keyId = mine.orElseThrow(() -> Refusals.notEnrolled().exception()).keyId();
    Reply reply = parts.connection().delete("/enrollments/current?key_id=" + keyId, session);
    boolean gone =
        reply.status() == 200
            || reply.status() == 204
            || reply.error().equals("revoked")
            || reply.error().equals("not_enrolled");
    if (!gone) {
      throw refused(reply, session);
    }
    enrollments.forget(session.profileId());
  }

  /** Enrolls; returns when the server has confirmed. */
  void enroll() throws MobileAuthException {
    UserSession session = parts.session();
    if (!finishOpen(session)) {
      confirm(session, begin(session));
    }
  }

  /**
   * What the server has confirmed for this session; an enrollment whose confirmation got no reply
   * is finished first.
   */
  Enrollment confirmed(UserSession session) throws MobileAuthException {
    finishOpen(session);
    return parts
        .enrollments()
        .confirmed(session.profileId())
        .orElseThrow(() -> Refusals.notEnrolled().exception());
  }

  /** Whether an enrollment was open and is confirmed now. */
  private boolean finishOpen(UserSession session) throws MobileAuthException {
    Optional<Enrollment> open = parts.enrollments().open(session.profileId());
    if (open.isEmpty()) {
      return false;
    }
    try {
      confirm(session, open.get());
      return true;
    } catch (MobileAuthException e) {
      // It was refused for good: then the person may begin anew.
      if (parts.enrollments().open(session.profileId()).isEmpty()) {
        return false;
      }
      throw e;
    }
  }

  private Enrollment begin(UserSession session) throws MobileAuthException {
    MobileAuthConfig config = parts.config();
    Reply reply =
        parts
            .connection()
            .post(
                "/enrollments",
                session,
                Map.of(
                    "profile_id", session.profileId(),
                    "app_id", config.appId(),
                    "device", config.device()));
    if (reply.status() != 201) {
      throw refused(reply, session);
    }
    String enrollmentId = reply.text("enrollment_id").orElse("");
    String challenge = reply.text("challenge").orElse("");
    if (!ID.matcher(enrollmentId).matches() || !MobileAuthConfig.isSignable(challenge)) {
      throw MobileAuthError.unreadable().exception();
    }
    if (!reply.text("server").orElse("").equals(config.server())) {
      throw Refusals.misconfigured("the server names itself otherwise", "server").exception();
    }
    List<DeviceKey> serverKeys = Enrollment.keySet(reply.body().get("jwks"));
    if (serverKeys.isEmpty()) {
      throw Refusals.misconfigured("the server's keys are not good", "jwks").exception();
    }
    return keep(session, enrollmentId, challenge, serverKeys);
  }

  private Enrollment keep(
      UserSession session, String enrollmentId, String challenge, List<DeviceKey> serverKeys)
      throws MobileAuthException {
    MobileAuthConfig config = parts.config();
    Enrollments.NewKey key = parts.enrollments().newKey();
    boolean kept = false;
    try {
      SignedText text =
          new SignedText.Enroll(
              config.server(),
              enrollmentId,
              config.appId(),
              session.profileId(),
              config.deviceId(),
              key.key().id(),
              challenge);
      Enrollment begun =
          new Enrollment(
              key.name(),
              key.key().id(),
              config.deviceId(),
              config.server(),
              serverKeys,
              new Enrollment.Open(enrollmentId, parts.enrollments().sign(key.name(), text)));
      parts.enrollments().begin(session.profileId(), begun);
      kept = true;
      return begun;
    } finally {
      if (!kept) {
        parts.enrollments().drop(key);
      }
    }
  }

  private void confirm(UserSession session, Enrollment begun) throws MobileAuthException {
    Enrollment.@Nullable Open open = begun.open();
    Optional<DeviceKey> key = parts.enrollments().key(begun);
    if (open == null || key.isEmpty()) {
      throw MobileAuthError.internal("the new key is gone").exception();
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jwk", Map.of("kty", "EC", "crv", "P-256", "x", key.get().x(), "y", key.get().y()));
    body.put("signature", open.signature());
    body.put("attestation", null);
    Reply reply =
        parts.connection().post("/enrollments/" + open.enrollmentId() + "/confirm", session, body);
    if (reply.status() == 201) {
      if (!reply.text("key_id").orElse("").equals(begun.keyId())
          || !reply.text("device_id").orElse("").equals(begun.deviceId())) {
        parts.enrollments().abandon(session.profileId());
        throw MobileAuthError.unreadable().exception();
      }
      parts.enrollments().commit(session.profileId(), begun);
      return;
    }
    if (isForGood(reply.status())) {
      parts.enrollments().abandon(session.profileId());
    }
    throw refused(reply, session);
  }

  private MobileAuthException refused(Reply reply, UserSession session) {
    return parts.refused(Refusals.ofEnrollment(reply), session.profileId());
  }

  /** Whether the same confirmation would be refused again. */
  private static boolean isForGood(int status) {
    return status >= 400 && status < 500 && status != 401 && status != 426 && status != 429;
  }
}
