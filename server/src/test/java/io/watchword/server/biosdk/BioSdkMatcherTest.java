package io.watchword.server.biosdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.watchword.core.authentication.BiometricMatcher.Result;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.testkit.biosdk.BiometricService;
import io.watchword.testkit.biosdk.BiometricService.Conforming;
import io.watchword.testkit.biosdk.BiometricService.Garbage;
import io.watchword.testkit.biosdk.BiometricService.Gone;
import io.watchword.testkit.biosdk.BiometricService.Request;
import io.watchword.testkit.biosdk.BiometricService.Slow;
import io.watchword.testkit.biosdk.BiometricService.Trickle;
import io.watchword.testkit.biosdk.BiometricService.Wrong;
import io.watchword.testkit.smtp.ServerIdentity;
import io.watchword.testkit.time.HandClock;
import io.watchword.wire.biosdk.MatchRequest;
import io.watchword.wire.cbeff.BiometricType;
import io.watchword.wire.cbeff.Bir;
import io.watchword.wire.cbeff.ProcessedLevel;
import io.watchword.wire.cbeff.Purpose;
import io.watchword.wire.cbeff.RegistryId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Contract biosdk 1, 5 and 6, against a service that conforms to it. */
class BioSdkMatcherTest {

  private static final Set<Modality> ALL = EnumSet.allOf(Modality.class);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final BioSdkLimits SHORT =
      new BioSdkLimits(
          Duration.ofMillis(500),
          Duration.ofMillis(1_500),
          Duration.ofMillis(10),
          2,
          Duration.ofMillis(100),
          100,
          Duration.ofSeconds(30));
  private static final String MATCHED =
      "[{\"galleryIndex\":0,\"decisions\":{\"FACE\":{\"match\":\"MATCHED\"}}}]";

  private final BiometricService service = BiometricService.start();
  private final HandClock clock = new HandClock(NOW);
  private final BioSdkMatcher matcher = matcher(service.address(), SHORT);

  @AfterEach
  void stop() {
    matcher.close();
    service.close();
  }

  private BioSdkMatcher matcher(URI address, BioSdkLimits limits) {
    return new BioSdkMatcher(at(address), ALL, limits, clock);
  }

  private static BioSdkService at(URI address) {
    return new BioSdkService(
        "sdk-1", address, Map.of("X-Api-Key", "key-77"), Optional.empty(), false);
  }

  private static Sample face(String content) {
    return new Sample("", ("FAC\u0000030\u0000" + content).getBytes(UTF_8));
  }

  private static Sample finger(String position, String content) {
    return new Sample(position, ("FIR\u0000020\u0000" + content).getBytes(UTF_8));
  }

  private static Sample iris(String position, String content) {
    return new Sample(position, ("IIR\u0000020\u0000" + content).getBytes(UTF_8));
  }

  private Result faces(Sample presented, Sample stored) {
    return matcher.compare(Modality.FACE, List.of(presented), List.of(stored));
  }

  private Result anyFace() {
    return faces(face("a"), face("a"));
  }

  private void assertFault(Result result, String reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.TechnicalFault.class, fault -> assertThat(fault.reason()).contains(reason));
  }

  @Test
  @DisplayName("another face, iris or finger is different")
  void different() {
    assertThat(faces(face("a"), face("b"))).isEqualTo(new Result.Different());
    assertThat(
            matcher.compare(Modality.IRIS, List.of(iris("Left", "a")), List.of(iris("Left", "b"))))
        .isEqualTo(new Result.Different());
    assertThat(
            matcher.compare(
                Modality.FINGER,
                List.of(finger("Left Thumb", "a")),
                List.of(finger("Left Thumb", "b"), finger("Right Thumb", "a"))))
        .isEqualTo(new Result.Different());
    assertThat(
            matcher.compare(
                Modality.FINGER,
                List.of(finger(Sample.UNKNOWN, "a")),
                List.of(finger("Left Thumb", "b"), finger("Right Thumb", "c"))))
        .isEqualTo(new Result.Different());
    assertThat(service.requests()).hasSize(4);
  }

  @Test
  @DisplayName("the same face, iris or finger matches")
  void matches() {
    assertThat(anyFace()).isEqualTo(new Result.Matched());
    assertThat(
            matcher.compare(
                Modality.IRIS,
                List.of(iris("Right", "a")),
                List.of(iris("Left", "b"), iris("Right", "a"))))
        .isEqualTo(new Result.Matched());
    assertThat(
            matcher.compare(
                Modality.FINGER,
                List.of(finger("Left IndexFinger", "a")),
                List.of(finger("Right Thumb", "b"), finger("Left IndexFinger", "a"))))
        .isEqualTo(new Result.Matched());
    assertThat(
            matcher.compare(
                Modality.FINGER,
                List.of(finger(Sample.UNKNOWN, "a")),
                List.of(finger("Right Thumb", "b"), finger("Left IndexFinger", "a"))))
        .isEqualTo(new Result.Matched());
  }

  @Test
  @DisplayName("a named finger or eye of which nothing is on file is different, without a call")
  void nothingStored() {
    assertThat(
            matcher.compare(
                Modality.FINGER,
                List.of(finger("Left Thumb", "a")),
                List.of(finger("Right Thumb", "a"))))
        .isEqualTo(new Result.Different());
    assertThat(
            matcher.compare(
                Modality.IRIS,
                List.of(iris("Left", "a"), iris("Right", "a")),
                List.of(iris("Left", "a"))))
        .isEqualTo(new Result.Different());
    assertThat(service.requests()).isEmpty();
  }

  @Test
  @DisplayName("the request is that of the contract, with the records of the named positions only")
  void request() {
    matcher.compare(
        Modality.FINGER,
        List.of(finger("Left IndexFinger", "a")),
        List.of(
            finger("Right Thumb", "b"),
            new Sample("Left IndexFinger", "FMR\u0000 20\u0000m".getBytes(UTF_8))));
    Request request = service.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/biosdk-service/match");
    assertThat(request.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("x-api-key", "key-77")
        .doesNotContainKeys("cookie", "expect", "upgrade");
    MatchRequest match = request.content(MatchRequest.class).orElseThrow();
    assertThat(match.modalitiesToMatch()).containsExactly(BiometricType.FINGER);
    assertThat(match.flags()).containsOnlyKeys("uniqueRefID", "timestamp");
    assertThat(match.flags()).containsEntry("timestamp", "2026-01-02T03:04:05.678Z");
    Bir probe = match.sample().segments().getFirst();
    assertThat(probe.bdb()).isEqualTo(finger("", "a").record());
    assertThat(probe.bdbInfo().format()).isEqualTo(RegistryId.FINGER_IMAGE);
    assertThat(probe.bdbInfo().subtypes()).containsExactly("Left", "IndexFinger");
    assertThat(probe.bdbInfo().level()).isEqualTo(ProcessedLevel.RAW);
    assertThat(probe.bdbInfo().purpose()).isEqualTo(Purpose.VERIFY);
    assertThat(match.gallery()).hasSize(1);
    assertThat(match.gallery().getFirst().segments()).hasSize(1);
    Bir stored = match.gallery().getFirst().segments().getFirst();
    assertThat(stored.bdbInfo().format()).isEqualTo(RegistryId.FINGER_MINUTIAE);
    assertThat(stored.bdbInfo().level()).isEqualTo(ProcessedLevel.PROCESSED);
    assertThat(stored.bdbInfo().purpose()).isEqualTo(Purpose.ENROLL);
  }

  @Test
  @DisplayName("a face has its word where it is presented, and none where it is stored")
  void faceRequest() {
    anyFace();
    anyFace();
    MatchRequest first = service.requests().get(0).content(MatchRequest.class).orElseThrow();
    MatchRequest second = service.requests().get(1).content(MatchRequest.class).orElseThrow();
    assertThat(first.sample().segments().getFirst().bdbInfo().subtypes()).containsExactly("Face");
    assertThat(first.gallery().getFirst().segments().getFirst().bdbInfo().subtypes()).isEmpty();
    assertThat(first.flags().get("uniqueRefID")).isNotEqualTo(second.flags().get("uniqueRefID"));
  }

  @Test
  @DisplayName("what the service cannot compare is different: it has looked at what was given")
  void unfit() {
    assertThat(faces(new Sample("", "no header".getBytes(UTF_8)), face("a")))
        .isEqualTo(new Result.Different()); // 401
    assertThat(faces(new Sample("", new byte[0]), face("a"))).isEqualTo(new Result.Different());
    for (int code = 401; code <= 406; code++) {
      service.behave(Wrong.response("{\"statusCode\":" + code + ",\"response\":" + MATCHED + "}"));
      assertThat(anyFace()).isEqualTo(new Result.Different());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"galleryIndex\":0,\"decisions\":{\"FACE\":{\"match\":\"NOT_MATCHED\"}}}]",
        "[{\"galleryIndex\":0,\"decisions\":{\"FACE\":{\"match\":\"ERROR\",\"errors\":[\"e\"]}}}]",
        "[{\"galleryIndex\":0,\"decisions\":{\"FACE\":{\"match\":null}}}]",
        "[{\"galleryIndex\":0,\"decisions\":{\"FINGER\":{\"match\":\"MATCHED\"}}}]",
        "[{\"galleryIndex\":0,\"decisions\":{}}]",
        "null",
      })
  @DisplayName("a success without MATCHED of the modality is different")
  void successWithoutMatch(String response) {
    service.behave(Wrong.response("{\"statusCode\":200,\"response\":" + response + "}"));
    assertThat(anyFace()).isEqualTo(new Result.Different());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 299})
  @DisplayName("any 2xx with MATCHED is a match")
  void success(int code) {
    service.behave(Wrong.response("{\"statusCode\":" + code + ",\"response\":" + MATCHED + "}"));
    assertThat(anyFace()).isEqualTo(new Result.Matched());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'statusCode':500,'response':MATCHED}",
        "{'statusCode':599,'response':MATCHED}",
        "{'statusCode':400,'response':MATCHED}",
        "{'statusCode':407,'response':MATCHED}",
        "{'statusCode':302,'response':MATCHED}",
        "{'statusCode':0,'response':MATCHED}",
        "{'statusCode':-200,'response':MATCHED}",
        "{'statusCode':4294967496,'response':MATCHED}",
        "{'statusCode':'200','response':MATCHED}",
        "{'statusCode':200.0,'response':MATCHED}",
        "{'statusCode':null,'response':MATCHED}",
        "{'response':MATCHED}",
        "MATCHED",
        "{'statusCode':200,'response':[]}",
        "{'statusCode':200,'response':[null]}",
        "{'statusCode':200,'response':[{'galleryIndex':0,'decisions':null}]}",
        "{'statusCode':200,'response':[{'galleryIndex':0}]}",
        "{'statusCode':200,'response':[{'galleryIndex':1,'decisions':{'FACE':{'match':'MATCHED'}}}]}",
        "{'statusCode':200,'response':[{'decisions':{'FACE':{'match':'MATCHED'}}},"
            + "{'decisions':{'FACE':{'match':'MATCHED'}}}]}",
        "{'statusCode':200,'response':[{'decisions':{'FACE':{'match':'matched'}}}]}",
        "{'statusCode':200,'response':[{'decisions':{'FACE':{'match':0}}}]}",
        "{'statusCode':200,'response':[{'decisions':{'FACE':{'match':true}}}]}",
        "{'statusCode':200,'response':[{'decisions':{'FACE':'MATCHED'}}]}",
        "{'statusCode':200,'response':'MATCHED'}",
        "''",
        "null"
      },
      quoteCharacter = '`')
  @DisplayName("a reply that tells nothing certain is a fault, whatever else it says")
  void uncertain(String response) {
    service.behave(
        Wrong.response(
            response
                .replace("'MATCHED'", "<m>")
                .replace("MATCHED", MATCHED)
                .replace("<m>", "\"MATCHED\"")
                .replace('\'', '"')));
    assertThat(anyFace()).isInstanceOf(Result.TechnicalFault.class);
  }

  @Test
  @DisplayName("errors beside a match are a fault; of their texts only known codes are told")
  void errors() {
    service.behave(
        new Wrong(
            200,
            "{\"response\":{\"statusCode\":200,\"response\":"
                + MATCHED
                + "},\"errors\":[{\"code\":\"BIOSDK_LIB_EXCEPTION\",\"message\":\"secret-1\"}]}"));
    assertThat(anyFace())
        .isEqualTo(new Result.TechnicalFault("the service tells of an error BIOSDK_LIB_EXCEPTION"));
    service.behave(new Wrong(200, "{\"errors\":[{\"code\":\"secret-2\"}]}"));
    assertThat(anyFace()).isEqualTo(new Result.TechnicalFault("the service tells of an error"));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 400, 401, 404, 500, 503})
  @DisplayName("an HTTP status other than success is a fault, and a redirect is not followed")
  void httpStatus(int status) {
    service.behave(
        new Wrong(
            status,
            status == 204
                ? ""
                : "{\"response\":{\"statusCode\":200,\"response\":"
                    + MATCHED
                    + "},\"errors\":[]}"));
    assertThat(anyFace()).isInstanceOf(Result.TechnicalFault.class);
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  @DisplayName("a service that is slow is waited for, but not for long")
  void slow() {
    service.behave(new Slow(Duration.ofMillis(700)));
    assertThat(anyFace()).isEqualTo(new Result.Matched());
    service.behave(new Slow(Duration.ofSeconds(20)));
    long start = System.nanoTime();
    assertFault(anyFace(), "no answer within 1500 ms");
    service.behave(new Trickle(Duration.ofMillis(50)));
    assertFault(anyFace(), "no answer within 1500 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    assertThat(service.requests()).hasSize(3);
  }

  @Test
  @DisplayName("a service that is gone after it has the request is not asked a second time")
  void gone() {
    assertThat(anyFace()).isEqualTo(new Result.Matched());
    service.behave(new Gone());
    assertFault(anyFace(), "connection broken");
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  @DisplayName("garbage is a fault, and no amount of it is read")
  void garbage() {
    service.behave(new Garbage(1_000));
    assertFault(anyFace(), "unreadable");
    service.behave(new Garbage(2 * 1024 * 1024));
    assertFault(anyFace(), "too large");
    service.behave(new Wrong(200, "[".repeat(500_000)));
    assertFault(anyFace(), "unreadable");
  }

  @Test
  @DisplayName("a connection that did not come about is tried once more")
  void secondTry() throws Exception {
    int port = freePort();
    var patient =
        new BioSdkLimits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            2,
            Duration.ofMillis(100),
            5,
            Duration.ofSeconds(30));
    try (var waiting =
        matcher(URI.create("http://127.0.0.1:" + port + "/biosdk-service"), patient)) {
      var result =
          CompletableFuture.supplyAsync(
              () -> waiting.compare(Modality.FACE, List.of(face("a")), List.of(face("a"))));
      Thread.sleep(700);
      try (BiometricService late = BiometricService.start(port)) {
        assertThat(result.get()).isEqualTo(new Result.Matched());
        assertThat(late.requests()).hasSize(1);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  @DisplayName("where nobody listens there is a fault, and no longer wait than two tries")
  void nobody() throws IOException {
    try (var lonely = matcher(URI.create("http://127.0.0.1:" + freePort()), SHORT)) {
      assertFault(
          lonely.compare(Modality.FACE, List.of(face("a")), List.of(face("a"))), "no connection");
    }
  }

  @Test
  @DisplayName("a host that does not take a connection is given up after two tries")
  void noConnection() throws IOException {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var first = new Socket(full.getInetAddress(), full.getLocalPort());
        var second = new Socket(full.getInetAddress(), full.getLocalPort());
        var lonely = matcher(URI.create("http://127.0.0.1:" + full.getLocalPort() + "/x"), SHORT)) {
      long start = System.nanoTime();
      assertFault(compareFaces(lonely), "no connection in time");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(950), Duration.ofMillis(1_450));
      assertThat(first.isConnected() && second.isConnected()).isTrue();
    }
  }

  @Test
  @DisplayName("after failures in a row nothing is asked, until one call has probed the service")
  void breaker() {
    var three =
        new BioSdkLimits(
            Duration.ofMillis(500),
            Duration.ofMillis(1_500),
            Duration.ofMillis(10),
            2,
            Duration.ofMillis(100),
            3,
            Duration.ofSeconds(30));
    try (var breaking = matcher(service.address(), three)) {
      service.behave(new Garbage(10));
      for (int i = 0; i < 3; i++) {
        assertFault(compareFaces(breaking), "unreadable");
      }
      service.behave(new Conforming());
      assertFault(compareFaces(breaking), "keeps failing");
      assertThat(service.requests()).hasSize(3);
      clock.move(Duration.ofSeconds(31));
      assertThat(compareFaces(breaking)).isEqualTo(new Result.Matched());
      assertThat(compareFaces(breaking)).isEqualTo(new Result.Matched());
    }
  }

  @Test
  @DisplayName("captures that a service cannot take do not shut it out for others")
  void hostileCaptures() {
    var one =
        new BioSdkLimits(
            Duration.ofMillis(500),
            Duration.ofMillis(1_500),
            Duration.ofMillis(10),
            2,
            Duration.ofMillis(100),
            1,
            Duration.ofSeconds(30));
    try (var breaking = matcher(service.address(), one)) {
      for (String response :
          List.of(
              "{\"statusCode\":401,\"response\":null}", "{\"statusCode\":500,\"response\":null}")) {
        service.behave(Wrong.response(response));
        compareFaces(breaking);
      }
      service.behave(new Wrong(200, "{\"errors\":[{\"code\":\"BIOSDK_LIB_EXCEPTION\"}]}"));
      assertFault(compareFaces(breaking), "BIOSDK_LIB_EXCEPTION");
      service.behave(new Conforming());
      assertThat(compareFaces(breaking)).isEqualTo(new Result.Matched());
    }
  }

  private static Result compareFaces(BioSdkMatcher by) {
    return by.compare(Modality.FACE, List.of(face("a")), List.of(face("a")));
  }

  @Test
  @DisplayName("only so many calls are made at once; the room of one that ended is free again")
  void room() throws Exception {
    service.behave(new Slow(Duration.ofMillis(800)));
    List<CompletableFuture<Result>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(
          CompletableFuture.supplyAsync(() -> compareFaces(matcher), Thread::startVirtualThread));
    }
    int matched = 0;
    for (CompletableFuture<Result> each : all) {
      if (each.get().equals(new Result.Matched())) {
        matched++;
      } else {
        assertFault(each.get(), "at once");
      }
    }
    assertThat(matched).isEqualTo(2);
    assertThat(service.requests()).hasSize(2);
    service.behave(new Conforming());
    assertThat(anyFace()).isEqualTo(new Result.Matched());
  }

  @Test
  @DisplayName("what would be too much to ask is not asked")
  void bounds() {
    assertFault(matcher.compare(Modality.FACE, List.of(), List.of(face("a"))), "0 captures");
    assertFault(
        matcher.compare(
            Modality.FINGER,
            Collections.nCopies(11, finger("Left Thumb", "a")),
            List.of(finger("Left Thumb", "a"))),
        "11 captures");
    assertFault(
        matcher.compare(Modality.FACE, List.of(face("a")), Collections.nCopies(41, face("a"))),
        "41 records");
    Sample large = face("x".repeat(BioSdkMatcher.MOST_BYTES));
    assertFault(faces(large, face("a")), "bytes of records");
    assertThat(service.requests()).isEmpty();
    Sample most = face("x".repeat(BioSdkMatcher.MOST_BYTES / 2 - 8));
    try (var patient = matcher(service.address(), BioSdkLimits.STANDARD)) {
      assertThat(patient.compare(Modality.FACE, List.of(most), List.of(most)))
          .isEqualTo(new Result.Matched());
    }
    try (var faces =
        new BioSdkMatcher(at(service.address()), Set.of(Modality.FACE), SHORT, clock)) {
      assertThat(faces.modalities()).containsExactly(Modality.FACE);
      assertFault(
          faces.compare(Modality.IRIS, List.of(iris("Left", "a")), List.of(iris("Left", "a"))),
          "no matcher of IRIS");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://biosdk.example/biosdk-service",
        "http://127.0.0.1.example/",
        "http://10.0.0.1/",
        "ftp://127.0.0.1/",
        "https:///x",
        "biosdk",
        "https://user:secret@biosdk.example/",
        "https://biosdk.example/?a=b",
        "https://biosdk.example/#a"
      })
  @DisplayName("biometrics go nowhere in clear, and an address is an address")
  void addresses(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matcher(URI.create(address), SHORT))
        .withMessageStartingWith("address: ")
        .withMessageNotContaining("secret");
  }

  @Test
  @DisplayName("plain HTTP is an explicit wish; headers of one's own are not")
  void serviceProblems() {
    URI plain = URI.create("http://biosdk.example/biosdk-service");
    assertThat(new BioSdkService("s", plain, Map.of(), Optional.empty(), true).problems())
        .isEmpty();
    var wrong =
        new BioSdkService(
            "S!",
            URI.create("https://biosdk.example"),
            Map.of("Host", "x", "a b", "x", "X-Key", "secret-\n"),
            Optional.of(Path.of("/nowhere.pem")),
            false);
    assertThat(wrong.problems()).hasSize(5);
    assertThat(wrong.problems().toString() + wrong).doesNotContain("secret");
  }

  @Test
  @DisplayName("a certificate that nobody vouches for is refused, and one that is trusted taken")
  void certificates(@TempDir Path folder) throws IOException {
    ServerIdentity identity = ServerIdentity.generate();
    Path pem = Files.writeString(folder.resolve("trusted.pem"), identity.certificatePem());
    Path other =
        Files.writeString(folder.resolve("other.pem"), ServerIdentity.generate().certificatePem());
    try (BiometricService secured = BiometricService.start(identity.context())) {
      for (Optional<Path> untrusted : List.of(Optional.<Path>empty(), Optional.of(other))) {
        assertFault(compareOver(secured, untrusted), "TLS failed");
      }
      assertThat(secured.requests()).isEmpty();
      assertThat(compareOver(secured, Optional.of(pem))).isEqualTo(new Result.Matched());
    }
  }

  private Result compareOver(BiometricService secured, Optional<Path> trusted) {
    var place = new BioSdkService("sdk-1", secured.address(), Map.of(), trusted, false);
    try (var over = new BioSdkMatcher(place, ALL, SHORT, clock)) {
      return compareFaces(over);
    }
  }

  @Test
  @DisplayName("logs and faults tell what went wrong, and nothing of what was sent or answered")
  void logs() {
    var log = (Logger) LoggerFactory.getLogger(BioSdkMatcher.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    Level before = log.getLevel();
    log.setLevel(Level.TRACE);
    try {
      service.behave(
          Wrong.response("{\"statusCode\":401,\"statusMessage\":\"secret-3\",\"response\":null}"));
      anyFace();
      service.behave(new Wrong(200, "{\"errors\":[{\"code\":\"secret-4\"}]}"));
      assertThat(anyFace()).isEqualTo(new Result.TechnicalFault("the service tells of an error"));
      service.behave(new Conforming());
      anyFace();
    } finally {
      log.setLevel(before);
      log.detachAppender(lines);
    }
    assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList())
        .containsExactly("biometric service sdk-1, FACE: status code 401");
  }
}
