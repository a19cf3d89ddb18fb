package io.watchword.client.ida;

import io.watchword.client.http.Transport;
import io.watchword.client.http.Unanswered;
import io.watchword.client.ida.AuthenticatorException.InvalidSignature;
import io.watchword.client.ida.AuthenticatorException.TransportFailure;
import io.watchword.wire.ida.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Sends a signed body and gives back the reply, its signature checked. */
final class Connection {

  private final Transport transport;
  private final AuthenticatorConfig config;

  Connection(AuthenticatorConfig config) {
    this.config = config;
    this.transport =
        new Transport(
            config.service().connectTimeout(), config.service().requestTimeout(), Json.MAX_TEXT);
  }

  /**
   * @param endpoint {@code otp}, {@code auth} or {@code kyc}
   */
  <T> T exchange(String endpoint, Object body, Class<T> replyType)
      throws TransportFailure, InvalidSignature {
    byte[] bytes = Json.write(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(endpoint))
            .header("Content-Type", "application/json")
            .header("Authorization", config.partner().authorization())
            .header("Signature", config.keys().signer().sign(bytes))
            .POST(BodyPublishers.ofByteArray(bytes));
    HttpResponse<byte[]> response = send(request);
    if (response.statusCode() != 200) {
      throw new TransportFailure("the server answered HTTP " + response.statusCode());
    }
    config
        .keys()
        .replySignature()
        .check(response.headers().firstValue(ReplySignature.HEADER), response.body());
    return Json.read(response.body(), replyType)
        .orElseThrow(() -> new TransportFailure("the reply is not of the format of this service"));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws TransportFailure {
    try {
      return transport.send(request);
    } catch (Unanswered e) {
      throw new TransportFailure(e);
    }
  }

  private URI address(String endpoint) {
    AuthenticatorConfig.Partner partner = config.partner();
    String base = config.service().url().toString().replaceAll("/+$", "");
    return URI.create(
        String.join(
            "/",
            base,
            endpoint,
            segment(partner.licenceKey()),
            segment(partner.id()),
            segment(partner.apiKey())));
  }

  private static String segment(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
