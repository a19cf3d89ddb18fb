package io.watchword.server.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.mobile.Phone;
import io.watchword.server.mobile.Phone.Portal;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Somebody who logs in to a web page by phone; codes, secrets and tokens are marked. */
final class PhoneVisit {

  private static final String USER = "M392380";

  private final Marks marks;
  private final JsonNode credentials;
  private final Phone phone;
  private final Portal portal;

  /**
   * @param url where the server listens, and what it calls itself
   */
  PhoneVisit(String url, Path data, Marks marks, int number) throws IOException {
    this.marks = marks;
    this.credentials = Json.mapper().readTree(Files.readAllBytes(data.resolve("credentials.json")));
    this.phone = new Phone(() -> url, url, "phone-" + number);
    JsonNode known = credentials.get("portal");
    this.portal =
        new Portal(
            () -> url,
            known.get("clientId").stringValue(),
            known.get("clientSecret").stringValue());
  }

  void make() {
    String password =
        credentials
            .get("demoUsers")
            .valueStream()
            .filter(user -> user.path("userId").asString("").equals(USER))
            .map(user -> user.get("password").stringValue())
            .findFirst()
            .orElseThrow();
    phone.tokens(Map.of("grant_type", "password", "username", USER, "password", password));
    marks.add("access token of an app", phone.token);
    String first = marks.add("refresh token", phone.refresh);
    assertThat(phone.enroll().status()).isEqualTo(201);
    phone.tokens(Map.of("grant_type", "refresh_token", "refresh_token", first));
    marks.add("access token of an app", phone.token);
    marks.add("refresh token", phone.refresh);
    logIn("qr-code");
    logIn("qr-high");
    phone.tokens(Map.of("grant_type", "refresh_token", "refresh_token", first));
  }

  private void logIn(String type) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String written = marks.add("secret of a browser", Base64Url.encode(secret));
    Reply started =
        portal.start(
            Map.of(
                "type",
                type,
                "qr_mode",
                type.equals("qr-high") ? "rotating" : "static",
                "origin",
                credentials.get("portal").get("origin").stringValue(),
                "session_binding",
                SignedText.hash(secret)));
    String otp = marks.add("scanned code", started.text("otp"));
    if (started.json().has("qr")) {
      marks.add("key of the frames", started.json().get("qr").get("key").stringValue());
    }
    Reply question = phone.claim(otp);
    marks.add("challenge", question.text("challenge"));
    phone.answer(question, type.equals("qr-high") ? "deny" : "accept");
    portal.post(started.text("transaction_id"), "redeem", Map.of("session_secret", written));
  }
}
