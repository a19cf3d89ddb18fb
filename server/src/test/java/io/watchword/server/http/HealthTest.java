package io.watchword.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthTest {

  private static String health(HttpHost host) throws Exception {
    try (var client = new RawClient(host.port())) {
      client.send("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      return client.readAll();
    }
  }

  @Test
  void aCheckThatHangsIsANoAndAskedOnceForAllUntilItAnswers() throws Exception {
    var asked = new AtomicInteger();
    var gate = new CountDownLatch(1);
    BooleanSupplier hangs =
        () -> {
          asked.incrementAndGet();
          try {
            gate.await();
            return true;
          } catch (InterruptedException e) {
            return false;
          }
        };
    var checks = new Health(List.of(new Health.Check("store", hangs)));
    try (HttpHost host = Hosts.start(Map.of(), List.of(), 1024, checks);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(threads.submit(() -> health(host)));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).startsWith("HTTP/1.1 503").endsWith("DOWN");
      }
      assertThat(asked).hasValue(1);
      gate.countDown();
      assertThat(health(host)).startsWith("HTTP/1.1 200").endsWith("UP");
    }
  }
}
