package io.watchword.server.mobile;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.account.Accounts;
import io.watchword.core.mobile.EnrolDevice;
import io.watchword.core.mobile.Enrollment;
import io.watchword.core.mobile.PortalClient;
import io.watchword.core.mobile.PortalClient.Scope;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.mobile.MobileExchange.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What portals may know and do about somebody's devices (contract mobile 1.8). */
final class DeviceListCalls implements HttpService {

  private final MobileExchange exchange;
  private final Portals portals;
  private final Accounts accounts;
  private final EnrolDevice enrol;

  DeviceListCalls(MobileExchange exchange, Portals portals, Accounts accounts, EnrolDevice enrol) {
    this.exchange = exchange;
    this.portals = portals;
    this.accounts = accounts;
    this.enrol = enrol;
  }

  @Override
  public void routing(HttpRules routes) {
    routes
        .get("/{user}/devices", exchange.handler("devices", this::list))
        .delete("/{user}/devices", exchange.handler("devices-delete", this::deleteAll))
        .delete("/{user}/devices/{device}", exchange.handler("device-delete", this::delete))
        .post(
            "/{user}/devices/{device}/disableMobileAuthentication",
            exchange.handler("device-disable", this::disable));
  }

  private static String part(ServerRequest request, String name) {
    return request.path().pathParameters().first(name).orElse("");
  }

  private PortalClient admit(ServerRequest request) throws MobileRefused {
    return portals.admit(request, new Form(Map.of()), Scope.DEVICES);
  }

  private Optional<String> account(ServerRequest request) {
    return accounts.find(part(request, "user")).map(Accounts.Found::id);
  }

  private Answer list(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    admit(request);
    List<Enrollment> all = account(request).map(enrol::of).orElse(List.of());
    if (all.isEmpty()) {
      throw MobileRefused.portal(
          Status.NOT_FOUND_404, "1001", "not_found", "there is no such user, or no device");
    }
    return Answer.ok(Map.of("devices", all.stream().map(DeviceListCalls::told).toList()));
  }

  private static Map<String, Object> told(Enrollment each) {
    Map<String, Object> device = new LinkedHashMap<>();
    device.put("id", each.device().id());
    device.put("name", each.device().name());
    device.put("application", each.app());
    device.put("model", "");
    device.put("platform", each.device().platform());
    device.put("osVersion", Optional.ofNullable(each.device().osVersion()).orElse(""));
    device.put("createdAt", each.enrolledAt().toString());
    device.put("lastLogin", each.usedAt().toString());
    device.put("tokenTypes", List.of());
    device.put("mobileAuthenticationEnabled", true);
    device.put("pushAuthenticationEnabled", false);
    return device;
  }

  private Answer deleteAll(ServerRequest request)
      throws MobileRefused, BodyTooLarge, BodyUnreadable {
    PortalClient client = admit(request);
    Optional<String> account = account(request);
    if (account.isPresent()) {
      for (Enrollment each : enrol.of(account.get())) {
        enrol.revoke(account.get(), each.device().id(), client.id(), exchange.id(request));
      }
    }
    return Answer.nothing();
  }

  private boolean revoke(ServerRequest request, PortalClient client) {
    return account(request)
        .map(id -> enrol.revoke(id, part(request, "device"), client.id(), exchange.id(request)))
        .orElse(false);
  }

  private Answer delete(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    if (!revoke(request, admit(request))) {
      throw MobileRefused.portal(
          Status.NOT_FOUND_404, "1001", "not_found", "there is no such user, or no such device");
    }
    return Answer.nothing();
  }

  /** Whether there is such a device is not told. */
  private Answer disable(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    revoke(request, admit(request));
    return Answer.nothing();
  }
}
