package io.watchword.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.individual.IdentifierFormats;
import io.watchword.server.DemoServer;
import io.watchword.server.RelyingParty;
import io.watchword.server.RelyingParty.Draft;
import io.watchword.server.RelyingParty.Message;
import io.watchword.server.RelyingParty.Reply;
import io.watchword.wire.ida.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Two hundred clients at the same time, each with a person of its own, who mix everything. */
class CrowdTest {

  private static final int CLIENTS = 200;
  private static final long SECONDS = Long.getLong("crowd.seconds", 10);
  private static final String CODE = "111111";
  private static final byte[] FACE = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 0};

  private final Map<String, LongAdder> done = new ConcurrentSkipListMap<>();

  @Test
  void everyClientGetsItsOwnAnswers(@TempDir Path data) throws Exception {
    try (LogWatch log = new LogWatch();
        DemoServer demo = DemoServer.in(data);
        RelyingParty party = RelyingParty.of(demo)) {
      List<String> uins = enrol(demo);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      List<Future<?>> clients = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < CLIENTS; i++) {
          int number = i;
          clients.add(
              threads.submit(() -> {
                int round = 0;
                do {
                  visit(demo, party, number, uins.get(number), round++);
                } while (System.nanoTime() < end);
                return round;
              }));
        }
        for (Future<?> client : clients) {
          client.get();
        }
      }
      System.out.println(CLIENTS + " clients in " + SECONDS + " s: " + done);
      assertThat(log.errors()).isEmpty();
      assertThat(demo.server().platform().verification().verify(List.of(), records -> {}).faults())
          .isEmpty();
    }
  }

  private void visit(DemoServer demo, RelyingParty party, int number, String uin, int round)
      throws IOException {
    String transaction = "c%03dr%05d".formatted(number, round);
    expect("code sent", party.send(party.otp(uin, transaction, "email", "phone")));
    expect(
        "wrong code",
        party.send(party.auth("auth", uin, transaction).code("222222")),
        "IDA-OTA-004");
    expect(
        "other transaction",
        party.send(party.auth("auth", uin, "none000000").code(CODE)),
        "IDA-OTA-005");
    Message right = party.finish(party.auth("kyc", uin, transaction).code(CODE));
    Reply kyc = party.send(right);
    expect("kyc", kyc);
    assertThat(party.identity(kyc).get("name_eng").stringValue()).isEqualTo(name(number));
    expect("replay", party.send(right), "IDA-OTA-012");
    expect("right name", party.send(named(party, uin, name(number))));
    expect("wrong name", party.send(named(party, uin, name(number + 1))), "IDA-DEA-001");
    byte[] bent = right.body().clone();
    bent[bent.length / 2] ^= 1;
    expect("bent", party.send(right.withBody(bent)), "IDA-MLC-007", "IDA-MPA-001");
    expect("not JSON", party.send(party.sign("otp", new byte[] {'{'})), "IDA-MLC-007");
    expect(
        "stranger",
        party.send(right.withTarget("/kyc/" + party.licence() + "/" + party.partner() + "/x")),
        "IDA-MLC-007",
        "IDA-MPA-009");
    Reply large = party.send(party.sign("otp", new byte[(1 << 20) + 1]));
    assertThat(large.status()).isEqualTo(413);
    for (String page : List.of("/health", "/metrics", "/demo/requests", "/")) {
      var connection = (HttpURLConnection) URI.create(demo.url() + page).toURL().openConnection();
      assertThat(connection.getResponseCode()).as(page).isEqualTo(200);
      connection.getInputStream().readAllBytes();
      done.computeIfAbsent("pages", _ -> new LongAdder()).increment();
    }
  }

  private void expect(String what, Reply reply, String... codes) {
    assertThat(reply.status()).as(what).isEqualTo(200);
    assertThat(reply.codes()).as(what).containsExactly(codes);
    done.computeIfAbsent(what, _ -> new LongAdder()).increment();
  }

  private static Draft named(RelyingParty party, String uin, String name) {
    Draft draft = party.auth("auth", uin, "byname0000");
    ObjectNode claims = draft.inner().putObject("demographics");
    claims.putArray("name").addObject().put("language", "eng").put("value", name);
    return draft;
  }

  private static String name(int number) {
    return "Visitor Number" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
  }

  /** Puts a fictitious person on file for each client. */
  private static List<String> enrol(DemoServer demo) throws IOException {
    List<String> uins = new ArrayList<>();
    var lines = new StringBuilder();
    for (int i = 0; i < CLIENTS; i++) {
      String head = "731%06d".formatted(i);
      String uin = head + IdentifierFormats.checkDigit(head);
      uins.add(uin);
      ObjectNode line = Json.mapper().createObjectNode();
      line.put("uin", uin).put("fictitiousCode", CODE);
      line.put("face", Base64.getEncoder().encodeToString(FACE));
      ObjectNode attributes = line.putObject("attributes");
      attributes.putObject("fullName").put("eng", name(i));
      attributes.put("dateOfBirth", "1980/01/01");
      attributes
          .put("email", "visitor" + i + "@crowd.example")
          .put("phone", "73100%05d".formatted(i));
      lines.append(line).append('\n');
    }
    var imported =
        demo.server()
            .platform()
            .administration()
            .imports(true)
            .run(
                "test",
                new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)),
                null,
                (line, reason) -> {
                  throw new AssertionError(line + ": " + reason);
                });
    assertThat(imported.added()).isEqualTo(CLIENTS);
    return uins;
  }
}
