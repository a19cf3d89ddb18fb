package io.watchword.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.mobile.Phone;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.wire.ida.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo's shop and the files of its pages, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoShopTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private DemoServer demo;

  @BeforeAll
  void start(@TempDir Path data) {
    demo = DemoServer.in(data);
  }

  @AfterAll
  void stop() {
    demo.close();
    http.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
    return http.send(request.uri(URI.create(demo.url() + path)).build(), BodyHandlers.ofString());
  }

  @Test
  @DisplayName("names that strangers invent leave nothing in the memory")
  void inventedNames() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(send(HttpRequest.newBuilder(), "/demo/js/invented-" + i + ".js").statusCode())
          .isEqualTo(404);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(send(HttpRequest.newBuilder(), "/demo/js/index.js").statusCode()).isEqualTo(200);
    }
    assertThat(Assets.kept()).contains("js/index.js").noneMatch(name -> name.contains("invented"));
  }

  @Test
  @DisplayName("the shop tells where the browser is, so the phone is told how near it is")
  void proximity() throws Exception {
    JsonNode account = demo.people("account").getFirst();
    var phone = new Phone(demo::url, demo.url(), "near");
    phone.tokens(
        Map.of(
            "grant_type",
            "password",
            "username",
            account.get("userId").stringValue(),
            "password",
            account.get("password").stringValue()));
    assertThat(phone.enroll().status()).isEqualTo(201);
    HttpResponse<String> started =
        send(
            HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()),
            "/demo/portal/mobile-login/start");
    assertThat(started.statusCode()).isEqualTo(200);
    String cookie = started.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).as("plain HTTP").doesNotContain("Secure");
    HttpResponse<String> status =
        send(
            HttpRequest.newBuilder().header("Cookie", cookie.replaceFirst(";.*", "")),
            "/demo/portal/mobile-login/status");
    Reply question = phone.claim(Json.mapper().readTree(status.body()).get("otp").stringValue());
    assertThat(question.status()).isEqualTo(200);
    assertThat(question.json().path("context").path("proximity").asString(""))
        .isEqualTo("same_network");
  }
}
