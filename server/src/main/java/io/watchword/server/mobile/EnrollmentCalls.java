package io.watchword.server.mobile;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.mobile.Device;
import io.watchword.core.mobile.EnrolDevice;
import io.watchword.core.mobile.Enrollment;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.mobile.MobileExchange.Answer;
import io.watchword.server.mobile.Phones.Person;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.SignedText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls of apps about their own keys (contract mobile 3.1 and 3.5). */
final class EnrollmentCalls implements HttpService {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_VERSION = 64;
  private static final Status UPGRADE_REQUIRED = Status.create(426, "Upgrade Required");

  private final Around around;
  private final MobileExchange exchange;

  /**
   * What these calls lean on.
   *
   * @param server the server's address, as apps pin it
   * @param apps that may enroll
   * @param oldestApp the oldest version of an app that may; empty: any
   * @param open whether devices may be enrolled at all
   * @param freshLogin how old a login may be with which one is
   */
  record Around(
      MobileExchange exchange,
      Phones phones,
      MobileKeys keys,
      EnrolDevice enrol,
      String server,
      Set<String> apps,
      String oldestApp,
      boolean open,
      Duration freshLogin) {}

  EnrollmentCalls(Around around) {
    this.around = around;
    this.exchange = around.exchange();
  }

  @Override
  public void routing(HttpRules routes) {
    routes
        .get("/config", exchange.handler("config", this::config))
        .post("/enrollments", exchange.handler("enroll", this::offer))
        .post("/enrollments/{id}/confirm", exchange.handler("enroll-confirm", this::confirm))
        .get("/enrollments/current", exchange.handler("enrollment", this::current))
        .delete("/enrollments/current", exchange.handler("disenroll", this::disenroll));
  }

  private Answer config(ServerRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("server", around.server());
    body.put("jwks", around.keys().published());
    body.put("enrollment", around.open());
    if (!around.oldestApp().isEmpty()) {
      body.put("min_app_version", around.oldestApp());
    }
    return Answer.ok(body);
  }

  private Answer offer(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    Person person = around.phones().admit(request, exchange.now());
    if (!around.open()) {
      throw MobileRefused.phone(
          Status.FORBIDDEN_403, "enrollment_disabled", "devices cannot be enrolled here");
    }
    if (person.loggedInAt().plus(around.freshLogin()).isBefore(exchange.now())) {
      throw MobileRefused.phone(
          Status.UNAUTHORIZED_401, "login_required", "log in again before a device is enrolled");
    }
    var body = new Body(exchange.json(request));
    String app = body.signable("app_id");
    if (!around.apps().contains(app) || !body.signable("profile_id").equals(person.profile())) {
      throw Body.malformed();
    }
    Body device = body.part("device");
    refuseOutdated(device.text("app_version").orElse(""));
    EnrolDevice.Offered offered =
        around
            .enrol()
            .offer(
                person.account().id(),
                person.profile(),
                app,
                new Device(
                    device.signable("id"),
                    device.plain("name", LONGEST_NAME),
                    device.signable("platform"),
                    version(device, "os_version"),
                    version(device, "app_version")))
            .orElseThrow(() ->
                MobileRefused.phone(
                        Status.TOO_MANY_REQUESTS_429, "rate_limited", "too many enrollments")
                    .with("retry_after", EnrolDevice.OFFER_WINDOW.toSeconds()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("enrollment_id", offered.id());
    answer.put("challenge", offered.offer().challenge());
    answer.put("expires_in", EnrolDevice.OFFER_LIFE.toSeconds());
    answer.put("server", around.server());
    answer.put("jwks", around.keys().published());
    return new Answer(Status.CREATED_201, answer);
  }

  private static @Nullable String version(Body device, String name) throws MobileRefused {
    return device.text(name).isEmpty() ? null : device.plain(name, LONGEST_VERSION);
  }

  /** An app that does not tell its version may be any. */
  private void refuseOutdated(String version) throws MobileRefused {
    Optional<AppVersion> oldest = AppVersion.of(around.oldestApp());
    if (oldest.isPresent()
        && AppVersion.of(version).filter(it -> it.compareTo(oldest.get()) >= 0).isEmpty()) {
      throw MobileRefused.phone(
          UPGRADE_REQUIRED, "app_outdated", "the app must be " + around.oldestApp() + " or newer");
    }
  }

  private Answer confirm(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    Person person = around.phones().admit(request, exchange.now());
    var body = new Body(exchange.json(request));
    String id = request.path().pathParameters().first("id").orElse("");
    Enrollment.Offer offer =
        (id.matches("[0-9a-f-]{36}")
                ? around.enrol().offered(person.account().id(), id)
                : Optional.<Enrollment.Offer>empty())
            .orElseThrow(EnrollmentCalls::noOffer);
    Body jwk = body.part("jwk");
    if (!jwk.signable("kty").equals("EC") || !jwk.signable("crv").equals("P-256")) {
      throw Body.malformed();
    }
    DeviceKey key = DeviceKey.of(jwk.signable("x"), jwk.signable("y")).orElseThrow(Body::malformed);
    var signed =
        new SignedText.Enroll(
            around.server(),
            id,
            offer.app(),
            offer.profile(),
            offer.device().id(),
            key.id(),
            offer.challenge());
    if (!key.verifies(signed, body.bytes("signature"))) {
      throw MobileRefused.phone(
          Status.BAD_REQUEST_400, "invalid_enrollment", "the signature is not right");
    }
    return enrolled(
        around
            .enrol()
            .confirm(
                person.people(),
                new EnrolDevice.Proven(id, offer, key.id(), key.x(), key.y()),
                exchange.id(request)));
  }

  private static MobileRefused noOffer() {
    return MobileRefused.phone(
        Status.NOT_FOUND_404, "not_found", "there is no such enrollment, or not any more");
  }

  private static Answer enrolled(EnrolDevice.Outcome outcome) throws MobileRefused {
    return switch (outcome) {
      case EnrolDevice.Enrolled(Enrollment enrollment) -> {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("device_id", enrollment.device().id());
        body.put("key_id", enrollment.keyId());
        body.put("enrolled_at", enrollment.enrolledAt().getEpochSecond());
        yield new Answer(Status.CREATED_201, body);
      }
      case EnrolDevice.NoOffer() -> throw noOffer();
      case EnrolDevice.NotServed() ->
          throw MobileRefused.phone(Status.FORBIDDEN_403, "revoked", "the account is not served");
      case EnrolDevice.OtherKey() ->
          throw MobileRefused.phone(
              Status.CONFLICT_409, "already_decided", "it was confirmed with another key");
      case EnrolDevice.AlreadyEnrolled() ->
          throw MobileRefused.phone(
              Status.CONFLICT_409, "already_enrolled", "this device has a key already");
      case EnrolDevice.TooManyDevices() ->
          throw MobileRefused.phone(
              Status.CONFLICT_409, "device_limit", "no more devices may be enrolled");
    };
  }

  private Enrollment own(ServerRequest request, Person person) throws MobileRefused {
    String key = request.query().first("key_id").orElse("");
    return around.enrol().of(person.account().id()).stream()
        .filter(found -> found.keyId().equals(key))
        .findFirst()
        .orElseThrow(() ->
            MobileRefused.phone(
                Status.FORBIDDEN_403, "not_enrolled", "this device has no key here"));
  }

  private Answer current(ServerRequest request) throws MobileRefused {
    Enrollment found = own(request, around.phones().admit(request, exchange.now()));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("device_id", found.device().id());
    body.put("key_id", found.keyId());
    body.put("state", "active");
    body.put("enrolled_at", found.enrolledAt().getEpochSecond());
    return Answer.ok(body);
  }

  private Answer disenroll(ServerRequest request) throws MobileRefused {
    Person person = around.phones().admit(request, exchange.now());
    Enrollment found = own(request, person);
    around
        .enrol()
        .revoke(person.account().id(), found.device().id(), found.app(), exchange.id(request));
    return Answer.nothing();
  }
}
