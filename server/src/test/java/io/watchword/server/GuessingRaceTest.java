package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.client.ida.AuthenticationRequest;
import io.watchword.client.ida.Authenticator;
import io.watchword.client.ida.AuthenticatorConfig;
import io.watchword.client.ida.AuthenticatorException;
import io.watchword.client.ida.Channel;
import io.watchword.client.ida.Individual;
import io.watchword.client.ida.OtpSent;
import io.watchword.core.code.CodeBinding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** DESIGN law 3 over HTTP, with full crypto. */
class GuessingRaceTest {

  private static final int GUESSES = 1_000;
  private static final int AT_ONCE = 64;
  private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

  @Test
  void ofAThousandParallelGuessesAtMostFiveAreComparedAndAtMostOneSucceeds(@TempDir Path data)
      throws Exception {
    try (DemoServer demo = DemoServer.in(data)) {
      var authenticator =
          new Authenticator(AuthenticatorConfig.read(data.resolve("partner/config.toml")));
      JsonNode person = demo.people("plain").getFirst();
      Individual individual = Individual.uin(person.get("uin").stringValue());
      OtpSent sent = authenticator.genOtp(individual, Channel.EMAIL);
      String right = code(demo, person.get("email").stringValue());

      List<Callable<String>> guesses = new ArrayList<>();
      for (int i = 0; i < GUESSES; i++) {
        // The right code is among them, once, in the middle.
        String guess =
            i == GUESSES / 2
                ? right
                : "%06d".formatted((Integer.parseInt(right) + 1 + i) % 1_000_000);
        guesses.add(() -> guess(authenticator, individual, sent, guess));
      }
      Map<String, Integer> answers = new TreeMap<>();
      Path recorded = data.resolve("comparisons.jfr");
      try (var recording = new Recording();
          ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
        recording.setSettings(
            Map.of(
                "jdk.MethodTrace#enabled", "true",
                "jdk.MethodTrace#threshold", "0 ns",
                "jdk.MethodTrace#stackTrace", "false",
                "jdk.MethodTrace#filter", CodeBinding.class.getName() + "::matches"));
        recording.start();
        for (Future<String> answer : threads.invokeAll(guesses)) {
          answers.merge(answer.get(), 1, Integer::sum);
        }
        recording.stop();
        recording.dump(recorded);
      }
      long comparisons =
          RecordingFile.readAllEvents(recorded).stream()
              .filter(event -> event.getEventType().getName().equals("jdk.MethodTrace"))
              .count();
      System.out.println("1,000 parallel guesses: " + answers + ", compared: " + comparisons);
      int accepted = answers.getOrDefault("accepted", 0);
      int wrong = answers.getOrDefault("IDA-OTA-004", 0);
      assertThat(answers.keySet())
          .isSubsetOf("accepted", "IDA-OTA-004", "IDA-OTA-012", "IDA-OTA-013");
      assertThat(accepted).isLessThanOrEqualTo(1);
      // The wrong guess that freezes is answered like those that are not compared at all.
      assertThat(wrong + accepted).isLessThanOrEqualTo(5);
      assertThat(comparisons).isBetween(1L, 5L);
    }
  }

  private static String guess(
      Authenticator authenticator, Individual individual, OtpSent sent, String code)
      throws AuthenticatorException {
    try {
      authenticator.auth(
          AuthenticationRequest.of(individual).withConsent().withCode(sent.transactionId(), code));
      return "accepted";
    } catch (AuthenticatorException.Refusal refusal) {
      return refusal.errors().getLast().errorCode();
    }
  }

  private static String code(DemoServer demo, String address) {
    Matcher code = CODE.matcher(demo.letters(address).get(0).get("text").stringValue());
    assertThat(code.find()).isTrue();
    return code.group();
  }
}
