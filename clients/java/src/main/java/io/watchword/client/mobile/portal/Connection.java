package io.watchword.client.mobile.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.client.http.Transport;
import io.watchword.client.http.Unanswered;
import io.watchword.client.mobile.portal.PortalException.TransportFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends requests of the portal API, each once. */
final class Connection {

  /** The longest time for which the server is asked to hold back a reply (contract 1.4). */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

  private static final int LONGEST_REPLY = 64 * 1024;

  private final PortalConfig config;
  private final Transport prompt;
  private final Transport patient;

  Connection(PortalConfig config) {
    this.config = config;
    this.prompt = config.transport(Duration.ZERO, LONGEST_REPLY);
    this.patient = config.transport(LONGEST_WAIT, LONGEST_REPLY);
  }

  /** Posts a form. */
  Reply post(String path, Map<String, String> form) throws PortalException {
    String body =
        form.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        prompt,
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Asks how something stands; the server may wait with its reply. */
  Reply get(String path) throws PortalException {
    return send(patient, request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(config.server() + "/oauth/api/v4/authenticate" + path))
        .header("Accept", "application/json")
        .header("Authorization", basic(config.client()));
  }

  /** RFC 6749, 2.3.1: both are written as in a form. */
  private static String basic(PortalConfig.Credentials client) {
    String pair = encoded(client.name()) + ":" + encoded(client.secret());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static Reply send(Transport transport, HttpRequest.Builder request)
      throws PortalException {
    try {
      return Reply.read(transport.send(request));
    } catch (Unanswered e) {
      throw new TransportFailure(e);
    }
  }
}
