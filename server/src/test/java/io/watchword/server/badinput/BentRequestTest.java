package io.watchword.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.RelyingParty;
import io.watchword.server.RelyingParty.Draft;
import io.watchword.wire.ida.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract's answer to whatever comes. A failure names where chance began and the number of its
 * request: {@code -Dwatchword.fuzz.seed=S -Dwatchword.fuzz.first=N -Dwatchword.fuzz.requests=1}
 * makes that one again.
 */
class BentRequestTest {

  private static final long SEED = Long.getLong("watchword.fuzz.seed", 20260105);
  private static final int FIRST = Integer.getInteger("watchword.fuzz.first", 0);
  private static final int REQUESTS = Integer.getInteger("watchword.fuzz.requests", 5_200);
  private static final int AT_ONCE = 24;

  /** Far apart for seeds that are near each other. */
  private static final long MIXED = 0x9e3779b97f4a7c15L;

  @TempDir static Path data;

  private static LogWatch log;
  private static DemoServer demo;
  private static RelyingParty party;
  private static List<String> people;

  @BeforeAll
  static void open() {
    log = new LogWatch();
    demo = DemoServer.in(data);
    party = RelyingParty.of(demo);
    people = new ArrayList<>();
    for (String kind : List.of("plain", "fictitious", "handle", "vid-perpetual", "no-phone")) {
      demo.people(kind)
          .forEach(person ->
              people.add(
                  person
                      .get(person.has("vid") ? "vid" : person.has("handle") ? "handle" : "uin")
                      .stringValue()));
    }
  }

  @AfterAll
  static void close() {
    party.close();
    demo.close();
    log.close();
  }

  @Test
  void everyBentRequestGetsAnEnvelopeAndIsNoDefect() throws Exception {
    Map<Integer, String> faults = new ConcurrentSkipListMap<>();
    Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = FIRST; i < FIRST + REQUESTS; i++) {
        int number = i;
        all.add(threads.submit(() -> make(number, faults, answers)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    System.out.printf("-Dwatchword.fuzz.seed=%d: %d bent requests: %s%n", SEED, REQUESTS, answers);
    assertThat(faults.values().stream().limit(20).collect(Collectors.joining("\n"))).isEmpty();
    assertThat(log.errors().stream().distinct().limit(5)).isEmpty();
    if (REQUESTS > 5_000) {
      // They got past the front of the house, or they would have shown little.
      assertThat(answers.keySet())
          .contains("success", "IDA-MLC-009", "IDA-OTA-005", "IDA-MPA-001", "IDA-MPA-016");
    }
  }

  @Test
  void afterAllOfThatAGenuineRequestIsAnswered() {
    assertThat(party.send(party.otp("2047631038", "afterwards", "email")).codes()).isEmpty();
    RelyingParty.Reply kyc =
        party.send(party.auth("kyc", "2047631038", "afterwards").code("111111"));
    assertThat(kyc.codes()).isEmpty();
    assertThat(party.identity(kyc).get("name_eng").stringValue()).isEqualTo("James Rodrigious");
  }

  private static void make(
      int number, Map<Integer, String> faults, Map<String, LongAdder> answers) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(SEED * MIXED + number);
    String how = "before it was sent";
    try {
      Bending.Bent bent = new Bending(party, random).bend(draft(random));
      how = bent.how();
      RelyingParty.Reply reply = party.send(bent.message());
      Optional<String> fault = Verdict.on(bent.message().method(), reply);
      if (fault.isPresent()) {
        faults.put(number, number + ": " + how + ": " + fault.get());
        return;
      }
      answers.computeIfAbsent(name(reply), _ -> new LongAdder()).increment();
    } catch (RuntimeException e) {
      faults.put(number, number + ": " + how + ": " + e + " " + e.getCause());
    }
  }

  private static String name(RelyingParty.Reply reply) {
    if (Verdict.isOfTheHost(reply) || reply.body().length == 0) {
      return "HTTP " + reply.status();
    }
    return reply.codes().isEmpty() ? "success" : reply.codes().getLast();
  }

  /** A genuine request of any kind. */
  private static Draft draft(RandomGenerator random) {
    String id = people.get(random.nextInt(people.size()));
    String transaction = "bent%06d".formatted(random.nextInt(1_000_000));
    String operation = random.nextBoolean() ? "auth" : "kyc";
    return switch (random.nextInt(4)) {
      case 0 -> party.otp(id, transaction, "email", "phone");
      case 1 -> party.auth(operation, id, transaction).code("%06d".formatted(random.nextInt(9)));
      case 2 -> withBiometrics(party.auth(operation, id, transaction));
      default -> withDemographics(party.auth(operation, id, transaction));
    };
  }

  private static Draft withDemographics(Draft draft) {
    ObjectNode claims = draft.inner().putObject("demographics");
    claims.putArray("name").addObject().put("language", "eng").put("value", "James Rodrigious");
    claims.put("dob", "1992/04/29");
    claims.put("age", "33");
    claims.putArray("gender").addObject().put("language", "fra").put("value", "Homme");
    claims.putArray("location1").addObject().put("language", "eng").put("value", "Chennai");
    claims.put("phoneNumber", "8763740607");
    claims.put("emailId", "james@test.io");
    claims.put("postal_code", "600001");
    claims.putArray("locality").addObject().put("language", "eng").put("value", "Chennai");
    return draft;
  }

  private static Draft withBiometrics(Draft draft) {
    draft
        .inner()
        .putArray("biometrics")
        .addObject()
        .put("data", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA")
        .put("hash", "00")
        .put("sessionKey", "AAAA")
        .put("specVersion", "0.9.5")
        .put("thumbprint", "00".repeat(32));
    return draft;
  }

  /** Keeps the generator honest: bending nothing, a draft is genuine. */
  @Test
  void theRequestsAreGenuineUntilTheyAreBent() {
    Draft draft = withDemographics(party.auth("auth", "2047631038", "genuine001"));
    draft.inner().withObject("demographics").remove("age");
    RelyingParty.Reply reply = party.send(draft);
    assertThat(reply.codes()).isEmpty();
    assertThat(Verdict.on("POST", reply)).isEmpty();
    assertThat(Json.write(reply.json())).isEqualTo(reply.body());
    assertThat(new TreeMap<>(reply.headers())).containsKey("response-signature");
  }
}
