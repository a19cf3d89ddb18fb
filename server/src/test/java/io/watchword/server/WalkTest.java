package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.client.ida.AuthenticationRequest;
import io.watchword.client.ida.Authenticator;
import io.watchword.client.ida.AuthenticatorConfig;
import io.watchword.client.ida.Channel;
import io.watchword.client.ida.Individual;
import io.watchword.client.ida.OtpSent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records which classes of core and server the request's own thread enters on the happy path, by
 * the method tracing of the JDK's flight recorder (JEP 520). Records do not count; what stands
 * behind a port (store, keyring, courier, matcher) counts as one, and so does the protection of
 * messages.
 */
class WalkTest {

  private static final String DOOR = "io.watchword.server.ida.IdaDoor";

  /** The page that lists requests exists in the demo alone. */
  private static final String DEMO = "io.watchword.server.pages.";

  /** What counts as one: the port's name by the beginning of a class's name. */
  private static final Map<String, String> PORTS =
      Map.of(
          "io.watchword.server.keys.", "(keyring)",
          "io.watchword.core.unit.CachedRows", "(store)",
          "io.watchword.server.couriers.", "(courier)",
          "io.watchword.server.http.", "(host)",
          "io.watchword.wire.", "(envelope)",
          "io.watchword.store.", "(store)",
          "io.watchword.matching.", "(matcher)");

  private interface Call {
    void make() throws Exception;
  }

  @Test
  void aRequestWalksThroughFewRooms(@TempDir Path data) throws Exception {
    try (DemoServer _ = DemoServer.in(data)) {
      var authenticator =
          new Authenticator(AuthenticatorConfig.read(data.resolve("partner/config.toml")));
      Individual james = Individual.uin("2047631038");
      for (int i = 0; i < 3; i++) { // class initialisers are nobody's walk
        OtpSent warm = authenticator.genOtp(james, Channel.EMAIL);
        authenticator.kyc(
            AuthenticationRequest.of(james).withConsent().withCode(warm.transactionId(), "111111"));
        OtpSent again = authenticator.genOtp(james, Channel.EMAIL);
        authenticator.auth(
            AuthenticationRequest.of(james)
                .withConsent()
                .withCode(again.transactionId(), "111111"));
      }
      Set<String> ask = walk(() -> authenticator.genOtp(james, Channel.EMAIL));
      OtpSent first = authenticator.genOtp(james, Channel.EMAIL);
      Set<String> giveBack =
          walk(() ->
              authenticator.auth(
                  AuthenticationRequest.of(james)
                      .withConsent()
                      .withCode(first.transactionId(), "111111")));
      OtpSent second = authenticator.genOtp(james, Channel.EMAIL);
      Set<String> kyc =
          walk(() ->
              authenticator.kyc(
                  AuthenticationRequest.of(james)
                      .withConsent()
                      .withCode(second.transactionId(), "111111")));
      System.out.println("ask for a code (aim 9): " + ask.size() + " " + ask);
      System.out.println("give it back (aim 11): " + giveBack.size() + " " + giveBack);
      System.out.println("KYC (aim 14): " + kyc.size() + " " + kyc);
      assertThat(ask).hasSizeLessThanOrEqualTo(9);
      assertThat(giveBack).hasSizeLessThanOrEqualTo(11);
      assertThat(kyc).hasSizeLessThanOrEqualTo(14);
    }
  }

  private static Set<String> walk(Call call) throws Exception {
    Path file = Files.createTempFile("walk-", ".jfr");
    try (var recording = new Recording()) {
      recording.setSettings(
          Map.of(
              "jdk.MethodTrace#enabled", "true",
              "jdk.MethodTrace#threshold", "0 ns",
              "jdk.MethodTrace#stackTrace", "false",
              "jdk.MethodTrace#filter", String.join(";", classes())));
      recording.start();
      call.make();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> entered = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals("jdk.MethodTrace")) {
        entered.add(event);
      }
    }
    Files.delete(file);
    long thread =
        entered.stream()
            .filter(event -> method(event).getType().getName().equals(DOOR))
            .mapToLong(event -> event.getThread("eventThread").getJavaThreadId())
            .findFirst()
            .orElseThrow(() -> new AssertionError("the door was not entered"));
    return entered.stream()
        .filter(event -> event.getThread("eventThread").getJavaThreadId() == thread)
        .map(event -> method(event).getType().getName())
        .filter(name -> !name.startsWith(DEMO))
        .map(WalkTest::room)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static RecordedMethod method(RecordedEvent event) {
    return event.getValue("method");
  }

  private static String room(String className) {
    for (Map.Entry<String, String> port : PORTS.entrySet()) {
      if (className.startsWith(port.getKey())) {
        return port.getValue();
      }
    }
    return className.substring(className.lastIndexOf('.') + 1).replaceAll("\\$.*", "");
  }

  /** Every class of the modules whose rooms are counted, but for records. */
  private static List<String> classes() throws IOException {
    var names = new ArrayList<String>();
    for (String module : List.of("core", "server", "wire", "store", "matching")) {
      Path root = DemoServer.projectFolder().resolve(module).resolve("target/classes");
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(file -> file.toString().endsWith(".class"))
            .map(file -> root.relativize(file).toString())
            .filter(file -> file.startsWith("io/watchword/") && !file.contains("-info"))
            .map(file -> file.replace('/', '.').replaceAll("\\.class$", ""))
            .filter(WalkTest::counts)
            .forEach(names::add);
      }
    }
    return names;
  }

  private static boolean counts(String name) {
    try {
      Class<?> type = Class.forName(name, false, WalkTest.class.getClassLoader());
      return !type.isRecord() && !type.isInterface() && !type.isEnum();
    } catch (ClassNotFoundException | LinkageError e) {
      throw new AssertionError(name, e);
    }
  }
}
