package io.watchword.server.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.server.couriers.OutboxCourier;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The demo's page at {@code /} and its calls below {@code /demo}: letters, requests, people. In the
 * demo profile only: the letters hold codes.
 */
public final class DemoPages implements HttpService {

  private static final int LETTERS_SHOWN = 30;
  private static final int REQUESTS_SHOWN = 50;
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final OutboxCourier outbox;
  private final RequestLog requests;
  private final People people;
  private final String config;
  private final String style;
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          DemoPages.class.getClassLoader(),
          "io.watchword.server.pages.templates");

  /**
   * The people of the demo.
   *
   * @param json as {@code GET /demo/people} gives them
   * @param rows for the page
   */
  public record People(Supplier<List<?>> json, Supplier<List<DemoPage.Person>> rows) {}

  /**
   * @param config where the partner's configuration lies
   */
  public DemoPages(OutboxCourier outbox, RequestLog requests, People people, String config) {
    this.outbox = outbox;
    this.requests = requests;
    this.people = people;
    this.config = config;
    this.style = resource("demo.css");
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/", this::page)
        .get("/demo/style.css", this::style)
        .get("/demo/outbox", this::outbox)
        .get("/demo/requests", this::requests)
        .get("/demo/people", this::people);
  }

  private void page(ServerRequest request, ServerResponse response) {
    var page =
        new DemoPage(
            request.query().contains("renew"),
            config,
            requests.newest(REQUESTS_SHOWN).stream().map(DemoPage.Request::of).toList(),
            outbox.messages(Optional.empty()).stream()
                .limit(LETTERS_SHOWN)
                .map(DemoPage.LetterView::of)
                .toList(),
            people.rows().get());
    var html = new StringOutput();
    templates.render("demo.jte", page, html);
    send(response, "text/html; charset=UTF-8", html.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void style(ServerRequest request, ServerResponse response) {
    send(response, "text/css; charset=UTF-8", style.getBytes(StandardCharsets.UTF_8));
  }

  private void outbox(ServerRequest request, ServerResponse response) {
    json(response, outbox.messages(request.query().first("to").asOptional()));
  }

  private void requests(ServerRequest request, ServerResponse response) {
    json(response, requests.newest(Integer.MAX_VALUE));
  }

  private void people(ServerRequest request, ServerResponse response) {
    json(response, people.json().get());
  }

  private static void json(ServerResponse response, Object value) {
    send(response, "application/json", Json.write(value));
  }

  private static void send(ServerResponse response, String type, byte[] body) {
    response
        .status(Status.OK_200)
        .header(HeaderNames.CONTENT_TYPE, type)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .send(body);
  }

  private static String resource(String name) {
    try (InputStream in = DemoPages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
