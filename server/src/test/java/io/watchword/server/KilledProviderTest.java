package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.server.KernelClient.Reply;
import io.watchword.testkit.smpp.Smsc;
import io.watchword.testkit.sms.SmsGateway;
import io.watchword.wire.ida.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * A whole server with two providers of texts, the first of which is killed amid a thousand sends,
 * some of which it has just taken without a word.
 */
@Timeout(120)
class KilledProviderTest {

  private static final int SENDS = 1_000;
  private static final int CLIENTS = 24;
  private static final int BEFORE = SENDS / 3;
  private static final int TAKEN_WITHOUT_A_WORD = 5;
  private static final String REFUSED = "KER-SOT-007 Could not generate/send OTP";
  private static final String TWICE = "phone=taken:second,unsure:first";
  private static final String UNSURE = "phone=unsure:first";
  private static final Pattern COUNTED =
      Pattern.compile("^couriers_letters_twice_total(?:\\{.*})? ([0-9.E]+)$", Pattern.MULTILINE);

  @TempDir private Path folder;

  /** The ways to hand a text to a provider. */
  enum Kind {
    GATEWAY {
      @Override
      Provider start() {
        SmsGateway gateway = SmsGateway.start();
        return new Gateway(
            gateway,
            "url: %s, body: '{\"to\":\"$to\",\"text\":\"$text\"}'".formatted(gateway.at("/send")));
      }
    },
    GATEWAY_BY_GET {
      @Override
      Provider start() {
        SmsGateway gateway = SmsGateway.start();
        return new Gateway(
            gateway, "url: \"%s\", method: GET".formatted(gateway.at("/") + "$to?$text"));
      }
    },
    SMPP {
      @Override
      Provider start() {
        return new MessageCentre(Smsc.start());
      }
    };

    abstract Provider start();
  }

  /** A text as it arrived. */
  private record Arrived(String to, String text) {}

  private interface Provider extends AutoCloseable {
    /** Under which key of {@code couriers} it stands. */
    String list();

    /** The members of its item there. */
    String settings();

    List<Arrived> letters();

    /** Goes on to take texts, and answers none of them. */
    void fallSilent();

    /** Ends listener and connections. */
    void goDown();

    @Override
    void close();
  }

  private record Gateway(SmsGateway gateway, String settings) implements Provider {

    @Override
    public String list() {
      return "sms";
    }

    @Override
    public List<Arrived> letters() {
      return gateway.requests().stream().map(Gateway::arrived).toList();
    }

    private static Arrived arrived(SmsGateway.Request request) {
      if (request.method().equals("GET")) {
        String[] parts = request.target().split("\\?", -1);
        return new Arrived(
            parts[0].substring(1), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
      JsonNode body = Json.mapper().readTree(request.body());
      return new Arrived(body.get("to").stringValue(), body.get("text").stringValue());
    }

    @Override
    public void fallSilent() {
      gateway.behave(new SmsGateway.Hang());
    }

    @Override
    public void goDown() {
      gateway.close();
    }

    @Override
    public void close() {
      gateway.close();
    }
  }

  private record MessageCentre(Smsc smsc) implements Provider {

    @Override
    public String list() {
      return "smpp";
    }

    @Override
    public String settings() {
      return ("host: 127.0.0.1, port: %d, security: none, from: \"12345\", sessions: 2, window: 16,"
              + " login: {user: %s, password: %s}")
          .formatted(smsc.port(), Smsc.USER, Smsc.PASSWORD);
    }

    @Override
    public List<Arrived> letters() {
      return smsc.messages().stream().map(each -> new Arrived(each.to(), each.text())).toList();
    }

    @Override
    public void fallSilent() {
      smsc.behave(new Smsc.Hang(true));
    }

    @Override
    public void goDown() {
      smsc.goDown();
    }

    @Override
    public void close() {
      smsc.close();
    }
  }

  /** What can be known of the sends afterwards; letters by the number that they went to. */
  private record Aftermath(
      Map<String, Reply> answers,
      Map<String, String> first,
      Map<String, String> second,
      Map<String, String> audit,
      long counted) {

    Set<String> acknowledged() {
      return numbers(reply -> reply.errors().isEmpty() && reply.told("status").equals("success"));
    }

    Set<String> refused() {
      return numbers(reply ->
          reply.errors().equals(List.of(REFUSED)) && !reply.json().path("response").isObject());
    }

    private Set<String> numbers(Predicate<Reply> which) {
      return answers.keySet().stream()
          .filter(number -> which.test(answers.get(number)))
          .collect(Collectors.toSet());
    }

    Set<String> arrived() {
      Set<String> all = new HashSet<>(first.keySet());
      all.addAll(second.keySet());
      return all;
    }

    Set<String> twice() {
      Set<String> both = new HashSet<>(first.keySet());
      both.retainAll(second.keySet());
      return both;
    }

    /** To whom there was a send of which the audit says this. */
    Set<String> audited(String report) {
      return numbers(reply -> report.equals(audit.get(reply.header("x-request-id").orElseThrow())));
    }

    /** None but the two answers, and none of them in another form. */
    void isToldPlainly() {
      assertThat(answers.values()).allMatch(reply -> reply.status() == 200).hasSize(SENDS);
      Set<String> told = new HashSet<>(acknowledged());
      told.addAll(refused());
      assertThat(told).isEqualTo(answers.keySet());
    }

    @Override
    public String toString() {
      return "sent %d, acknowledged %d, refused %d; at the first %d, at the second %d, twice %d"
              .formatted(
                  answers.size(),
                  acknowledged().size(),
                  refused().size(),
                  first.size(),
                  second.size(),
                  twice().size())
          + "; said to be twice: audit %d, metrics %d".formatted(audited(TWICE).size(), counted);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noLetterThatWasAcknowledgedIsLostAndNoneArrivesTwiceWithoutBeingSaidTo(Kind kind)
      throws Exception {
    Aftermath aftermath = killAmidSends(kind, true);
    aftermath.isToldPlainly();
    assertThat(aftermath.acknowledged()).hasSize(SENDS).isEqualTo(aftermath.arrived());
    assertThat(aftermath.twice())
        .isNotEmpty()
        .isSubsetOf(aftermath.audited(TWICE))
        .allSatisfy(number ->
            assertThat(aftermath.second().get(number)).isEqualTo(aftermath.first().get(number)));
    assertThat(aftermath.counted()).isEqualTo(aftermath.audited(TWICE).size());
  }

  @ParameterizedTest
  @EnumSource
  void whereUnsureLettersAreNotSentAgainTheyAreToldAsRefusedAndNoneArrivesTwice(Kind kind)
      throws Exception {
    Aftermath aftermath = killAmidSends(kind, false);
    aftermath.isToldPlainly();
    assertThat(aftermath.acknowledged()).isSubsetOf(aftermath.arrived());
    assertThat(aftermath.refused()).isNotEmpty().isEqualTo(aftermath.audited(UNSURE));
    assertThat(aftermath.twice()).isEmpty();
    assertThat(aftermath.audited(TWICE)).isEmpty();
    assertThat(aftermath.counted()).isZero();
  }

  private Aftermath killAmidSends(Kind kind, boolean resend) throws Exception {
    try (Provider first = kind.start();
        Provider second = kind.start();
        DemoServer demo = DemoServer.in(folder.resolve("data"), settings(first, second, resend));
        KernelClient client = new KernelClient(demo)) {
      Map<String, Reply> answers = send(client, first);
      var aftermath =
          new Aftermath(
              answers,
              byNumber(first.letters()),
              byNumber(second.letters()),
              audit(demo),
              counted(client));
      System.out.println(kind + (resend ? "" : " without resending") + ": " + aftermath);
      return aftermath;
    }
  }

  private Path settings(Provider first, Provider second, boolean resend) throws Exception {
    return Files.writeString(
        folder.resolve("settings.yaml"),
        """
        letters: {languages: [eng]}
        couriers:
          resend-unsure: %s
          %s:
            - {name: first, %s}
            - {name: second, %s}
        """
            .formatted(resend, first.list(), first.settings(), second.settings()));
  }

  /** Each to a user of their own, whose name is the number. */
  private static Map<String, Reply> send(KernelClient client, Provider first) throws Exception {
    var early = new CountDownLatch(BEFORE);
    Map<String, Future<Reply>> sends = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < SENDS; i++) {
        String number = "98200%05d".formatted(i);
        sends.put(
            number,
            threads.submit(() -> {
              Reply reply = client.sendOtp("preregistration", "USERID", number, "phone");
              early.countDown();
              return reply;
            }));
      }
      early.await();
      first.fallSilent();
      int before = first.letters().size();
      while (first.letters().size() < before + TAKEN_WITHOUT_A_WORD) {
        Thread.sleep(1);
      }
      first.goDown();
    }
    Map<String, Reply> answers = new LinkedHashMap<>();
    for (Map.Entry<String, Future<Reply>> each : sends.entrySet()) {
      answers.put(each.getKey(), each.getValue().get());
    }
    return answers;
  }

  /** No provider gets a letter twice. */
  private static Map<String, String> byNumber(List<Arrived> letters) {
    Map<String, String> texts = new HashMap<>();
    for (Arrived each : letters) {
      assertThat(texts.put(each.to(), each.text())).as(each.to()).isNull();
    }
    return texts;
  }

  /** What the audit says of the letters of each request. */
  private static Map<String, String> audit(DemoServer demo) {
    Map<String, String> reports = new HashMap<>();
    demo.server()
        .platform()
        .store()
        .scan(AuditRow.TABLE, "", 10 * SENDS)
        .forEach(each -> {
          AuditRecord record = each.row().body();
          if (record != null && record.event() == AuditRecord.Event.CODE_SEND) {
            reports.put(record.request(), String.join(" ", record.factors()));
          }
        });
    return reports;
  }

  private static long counted(KernelClient client) {
    Reply metrics = client.send(KernelClient.call("GET", "/metrics"));
    Matcher line = COUNTED.matcher(new String(metrics.body(), StandardCharsets.UTF_8));
    assertThat(line.find()).as("couriers_letters_twice_total in /metrics").isTrue();
    return (long) Double.parseDouble(line.group(1));
  }
}
