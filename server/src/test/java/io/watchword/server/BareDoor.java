package io.watchword.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.server.couriers.Couriers;
import io.watchword.server.couriers.OutboxCourier;
import io.watchword.server.demo.DemoCredentials;
import io.watchword.server.demo.DemoTsp;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.people.Imports;
import io.watchword.server.settings.SettingsException;
import io.watchword.server.settings.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The door identity v1 and all that is behind it, without a web server before it: requests of the
 * two APIs are handed to the door's own handlers, as JSON bodies of POST. For tests that ask more
 * than goes through a connection.
 */
public final class BareDoor implements AutoCloseable {

  /** The relying party whose licence {@link #licence} is. */
  public static final String TSP = "tsp54321";

  private static final String OWN = "http://127.0.0.1";

  private final Map<String, Handler> handlers = new HashMap<>();
  private final Platform platform;
  private final Couriers couriers;
  private final String licence;

  /**
   * Opens it.
   *
   * @param data an empty folder
   * @param settings on top of the demo's
   * @param people in lines as operators import them
   */
  public BareDoor(
      Path data, Map<String, String> settings, InstantSource clock, List<String> people) {
    var reader = new SettingsReader().profile("demo").set("store.folder", data.toString());
    settings.forEach(reader::set);
    try {
      platform =
          new Platform(
              reader.read().settings(),
              MasterKey.fromFileOrNew(data.resolve("master.key"), new SecureRandom()),
              clock);
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e);
    }
    bringOnFile(people);
    new DemoTsp(platform.provisioning(), platform.keyring(), clock, new DemoCredentials(data))
        .prepare();
    licence = platform.provisioning().issueLicence("test", TSP, List.of(), null, null);
    platform.refresh();
    couriers =
        Couriers.of(
            platform.settings().couriers(),
            new OutboxCourier(clock),
            clock,
            platform.random(),
            platform.channelStops()::now);
    var outside =
        new Exchange.Outside(
            _ -> "no connection", _ -> "", (_, _, _, _) -> {}, (_, _) -> {}, clock);
    platform
        .relyingParties(OWN, couriers, platform.errands(couriers))
        .identityV1(
            new KernelDoors(platform, OWN, outside).callers(), outside, (_, _, _, _, _, _) -> {})
        .routing(stand(HttpRules.class, this::route));
  }

  /** An answer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reply(int status, byte[] body) {}

  private void bringOnFile(List<String> people) {
    var lines =
        new ByteArrayInputStream(String.join("\n", people).getBytes(StandardCharsets.UTF_8));
    Imports.Observer strict =
        (line, reason) -> {
          throw new IllegalArgumentException("person " + line + ": " + reason);
        };
    try {
      platform.administration().imports(false).run("test", lines, null, strict);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key with which {@link #TSP} is let in. */
  public String licence() {
    return licence;
  }

  /**
   * Posts a body.
   *
   * @param path below the door's, such as {@code /otp/v1.0}
   */
  public Reply post(String path, byte[] body) throws Exception {
    var answer = new Answer();
    handlers.get(path).handle(request(body), stand(ServerResponse.class, answer::told));
    return new Reply(answer.status, answer.body);
  }

  private static final class Answer {
    private int status;
    private byte[] body = {};

    private Object told(String method, Object[] arguments) {
      switch (method) {
        case "status" -> status = ((Status) arguments[0]).code();
        case "send" -> body = (byte[]) arguments[0];
        case "header" -> {}
        default -> throw new UnsupportedOperationException(method);
      }
      return null;
    }
  }

  private Object route(String method, Object[] arguments) {
    if (method.equals("post")) {
      handlers.put((String) arguments[0], ((Handler[]) arguments[1])[0]);
    }
    return null;
  }

  private static ServerRequest request(byte[] body) {
    var headers = WritableHeaders.create();
    headers.set(HeaderNames.CONTENT_TYPE, "application/json");
    headers.set(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    ServerRequestHeaders received = ServerRequestHeaders.create(headers);
    HttpPrologue prologue =
        HttpPrologue.create("HTTP/1.1", "HTTP", "1.1", Method.POST, "/identity", false);
    ReadableEntity entity =
        stand(
            ReadableEntity.class,
            (method, _) ->
                switch (method) {
                  case "hasEntity" -> body.length > 0;
                  case "inputStream" -> new ByteArrayInputStream(body);
                  default -> throw new UnsupportedOperationException(method);
                });
    return stand(
        ServerRequest.class,
        (method, _) ->
            switch (method) {
              case "prologue" -> prologue;
              case "headers" -> received;
              case "content" -> entity;
              default -> throw new UnsupportedOperationException(method);
            });
  }

  /** What an object of the web server answers. */
  private interface Answers {

    /**
     * @return {@code null}: the object itself
     */
    Object to(String method, Object[] arguments);
  }

  /** Stands in for an object of the web server, as far as the door asks it. */
  private static <T> T stand(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object answer = answers.to(method.getName(), arguments);
              return answer != null || method.getReturnType() == void.class ? answer : self;
            }));
  }

  @Override
  public void close() {
    couriers.close();
    platform.close();
  }
}
