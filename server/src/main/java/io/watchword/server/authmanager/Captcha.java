package io.watchword.server.authmanager;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.core.account.Application;
import io.watchword.server.couriers.connection.Deadline;
import io.watchword.server.kernel.Refused;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a service whether somebody has solved its challenge, a picture or a proof of work.
 * reCAPTCHA, hCaptcha, Turnstile and others all take {@code secret}, {@code response} and {@code
 * remoteip} as a form and answer JSON with {@code success}. Whatever goes wrong counts as not
 * solved.
 */
public final class Captcha {

  /** Member of a request that holds what the challenge gave. */
  static final String MEMBER = "captchaToken";

  private static final Logger LOG = LoggerFactory.getLogger(Captcha.class);
  private static final int LONGEST_TOKEN = 8 * 1024;
  private static final int LARGEST_ANSWER = 64 * 1024;

  private final @Nullable Service service;
  private final HttpClient client;

  /**
   * The service.
   *
   * @param verify its address
   * @param secret that it knows this deployment by
   * @param timeout for its whole answer
   */
  public record Service(URI verify, String secret, Duration timeout) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Service[" + verify.getHost() + "]";
    }
  }

  /**
   * @param service {@code null}: there is none, and an application that wants one gets no codes
   */
  Captcha(@Nullable Service service) {
    this.service = service;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(service == null ? Duration.ofSeconds(1) : service.timeout())
            .build();
  }

  /**
   * Lets pass who has solved the challenge, and everybody where the application wants none.
   *
   * @param token what the challenge gave; empty: nothing
   * @param origin address of whoever asks; empty: not known
   */
  void check(Application application, String token, String origin) throws Refused {
    if (!application.captcha()) {
      return;
    }
    if (service == null) {
      LOG.error(
          "application {} wants a captcha, and doors.kernel.captcha names none", application.id());
      throw unavailable();
    }
    if (token.isEmpty() || token.length() > LONGEST_TOKEN || !isSolved(service, token, origin)) {
      throw new Refused("KER-ATH-401", "Captcha is missing or was not solved");
    }
  }

  private boolean isSolved(Service asked, String token, String origin) throws Refused {
    var body = new StringBuilder(field("secret", asked.secret())).append(field("&response", token));
    if (!origin.isEmpty()) {
      body.append(field("&remoteip", origin));
    }
    HttpRequest request =
        HttpRequest.newBuilder(asked.verify())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body.toString(), UTF_8))
            .build();
    try {
      // The client's own limit ends with the answer's head; this one covers its body too.
      HttpResponse<byte[]> answer = Deadline.within(asked.timeout(), () -> send(request));
      Optional<Boolean> success = success(answer);
      if (success.isEmpty()) {
        LOG.warn("the captcha service answered {} and no success", answer.statusCode());
        throw unavailable();
      }
      return success.get();
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("the captcha service did not answer: {}", e.getClass().getSimpleName());
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
  }

  private static Optional<Boolean> success(HttpResponse<byte[]> answer) {
    return answer.statusCode() != 200
        ? Optional.empty()
        : Json.readObject(answer.body())
            .map(object -> object.get("success"))
            .filter(member -> member.isBoolean())
            .map(member -> member.booleanValue());
  }

  private static String field(String name, String value) {
    return name + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static Refused unavailable() {
    return new Refused("KER-ATH-501", "Captcha could not be verified");
  }
}
