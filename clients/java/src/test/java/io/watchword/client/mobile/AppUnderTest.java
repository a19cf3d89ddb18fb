package io.watchword.client.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An app: who is logged in, what it was told, and in which order. */
final class AppUnderTest
    implements MobileAuthWithOtpRequestHandler, MobileAuthWithOtpHandler, AutoCloseable {

  static final String DEVICE = "05ED8E51CB1EFAA2";

  /** A request that was shown. */
  record Shown(MobileAuthRequest request, AcceptDenyCallback callback) {}

  final InMemoryDeviceKeys memory = new InMemoryDeviceKeys();
  final ExecutorService mainThread = Executors.newSingleThreadExecutor();
  final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final BlockingQueue<MobileAuthError> errors = new LinkedBlockingQueue<>();
  volatile Optional<UserSession> session =
      Optional.of(new UserSession(MobileCounterpart.PROFILE, MobileCounterpart.TOKEN));

  MobileAuthConfig.Builder config(URI url) {
    return MobileAuthConfig.builder()
        .serverUrl(url)
        .appId("exampleapp")
        .device(DEVICE, "Jane's phone", "android")
        .versions("15", "3.1")
        .session(() -> session)
        .requestHandler(this)
        .keys(memory, memory)
        .appLink("https://app.example.com/login")
        .connectTimeout(Duration.ofSeconds(5))
        .requestTimeout(Duration.ofSeconds(5))
        .repeatAfter(Duration.ofMillis(1))
        .callbacksOn(mainThread);
  }

  MobileAuthClient client(MobileCounterpart server) {
    return new MobileAuthClient(config(server.url()).build());
  }

  @Override
  public void startAuthentication(MobileAuthRequest request, AcceptDenyCallback callback) {
    events.add("start");
    shown.add(new Shown(request, callback));
  }

  @Override
  public void finishAuthentication() {
    events.add("finish");
  }

  @Override
  public void onSuccess() {
    events.add("success");
  }

  @Override
  public void onError(MobileAuthError error) {
    errors.add(error);
    events.add("error " + error.code());
  }

  /** The next request that is shown. */
  Shown next() throws InterruptedException {
    Shown next = shown.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("a request is shown").isNotNull();
    return next;
  }

  /** The next error. */
  MobileAuthError nextError() throws InterruptedException {
    MobileAuthError next = errors.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("an error comes").isNotNull();
    return next;
  }

  /** The events up to the outcome, and whatever comes right after it. */
  List<String> untilTheEnd() throws Exception {
    List<String> all = new ArrayList<>();
    String last = "";
    while (!last.equals("success") && !last.startsWith("error")) {
      last = events.poll(10, TimeUnit.SECONDS);
      assertThat(last).as("an event after " + all).isNotNull();
      all.add(last);
    }
    Future<?> idle = mainThread.submit(() -> {});
    idle.get(10, TimeUnit.SECONDS);
    events.drainTo(all);
    return all;
  }

  @Override
  public void close() {
    mainThread.shutdownNow();
  }
}
