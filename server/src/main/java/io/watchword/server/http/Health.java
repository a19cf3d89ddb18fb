package io.watchword.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says whether the process lives ({@code /health/live}) and whether it can serve ({@code
 * /health/ready}; {@code /health} in one word for people and scripts).
 */
public final class Health implements HttpService {

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long PATIENCE_SECONDS = 2;
  private static final String UP = "UP";
  private static final String DOWN = "DOWN";

  private final List<Watched> checks;
  private volatile boolean stopping;

  /**
   * Something that the server cannot do without.
   *
   * @param name such as {@code store}
   * @param works asked at each call of {@code /health/ready}; an exception or no answer within two
   *     seconds is a no
   */
  public record Check(String name, BooleanSupplier works) {}

  public Health(List<Check> checks) {
    this.checks = checks.stream().map(Watched::new).toList();
  }

  /** From now on the server is not ready, so that no new requests are sent to it. */
  public void stopping() {
    stopping = true;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", this::word).get("/live", this::live).get("/ready", this::ready);
  }

  private void word(ServerRequest request, ServerResponse response) {
    boolean up = !stopping && run().values().stream().allMatch(Boolean::booleanValue);
    text(response, up).send(up ? UP : DOWN);
  }

  private void live(ServerRequest request, ServerResponse response) {
    text(response, true).send(UP);
  }

  private void ready(ServerRequest request, ServerResponse response) {
    List<Map<String, String>> told = new ArrayList<>();
    boolean up = !stopping;
    for (Map.Entry<String, Boolean> result : run().entrySet()) {
      up &= result.getValue();
      told.add(Map.of("name", result.getKey(), "status", result.getValue() ? UP : DOWN));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", up ? UP : DOWN);
    answer.put("checks", told);
    response
        .status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(JSON.writeValueAsBytes(answer));
  }

  private static ServerResponse text(ServerResponse response, boolean up) {
    return response
        .status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
        .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .header(HeaderNames.CACHE_CONTROL, "no-store");
  }

  private Map<String, Boolean> run() {
    Map<String, Boolean> results = new LinkedHashMap<>();
    for (Watched each : checks) {
      results.put(each.check.name(), works(each));
    }
    return results;
  }

  private static boolean works(Watched each) {
    try {
      return each.task().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("health check {} failed", each.check.name(), e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A check, asked once for all who want to know at the same time, and on a thread of the operating
   * system: virtual threads wait their turn behind whatever the others compute, and a busy server
   * is not a broken one.
   */
  private static final class Watched {

    private final Check check;
    private @Nullable FutureTask<Boolean> task;

    Watched(Check check) {
      this.check = check;
    }

    synchronized FutureTask<Boolean> task() {
      FutureTask<Boolean> running = task;
      if (running == null || running.isDone()) {
        running = new FutureTask<>(check.works()::getAsBoolean);
        Thread.ofPlatform().daemon().name("health-" + check.name()).start(running);
        task = running;
      }
      return running;
    }
  }
}
