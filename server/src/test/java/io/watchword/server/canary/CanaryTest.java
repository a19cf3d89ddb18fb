package io.watchword.server.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.testkit.sms.SmsGateway;
import io.watchword.testkit.smtp.MailServer;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * DESIGN section 5, law 2, and section 6, "at rest". The server runs in a process of its own, so
 * that only what it says itself is scanned: not the mail server of the test kit, which logs letters
 * by trade, and not the client of this test. No logger of the server's is left out.
 */
class CanaryTest {

  private static final Pattern PASSWORD = Pattern.compile("_password = \"([^\"]+)\"");

  @TempDir static Path folder;

  private final Evidence evidence = new Evidence();
  private final Marks marks = new Marks();

  @Test
  void noMarkIsFoundAnywhere() throws Exception {
    Path data = folder.resolve("data");
    inJsonWithMail(data);
    inTextWithTextMessages(data);

    assertThat(marks.size()).isGreaterThan(450);
    assertThat(evidence.places())
        .anyMatch(place -> place.endsWith(".db"))
        .anyMatch(place -> place.endsWith("-wal"))
        .anyMatch(place -> place.endsWith("-shm"))
        .anyMatch(place -> place.endsWith("audit-heads.log"))
        .anyMatch(place -> place.endsWith("individual.err"));
    // The scan is worth what was logged: every library at its most talkative, in both shapes.
    for (int number = 1; number <= 2; number++) {
      assertThat(evidence.text(number + ": 1-server.err"))
          .contains("TRACE", "accepted socket", "X509Certificate:", "answered 200");
    }
    assertThat(evidence.text("1: 1-server.err")).contains("\"level\":\"TRACE\"", "jakarta.mail");
    assertThat(evidence.findings(marks)).isEmpty();
    evidence.assertThatPlantedMarksAreFound(marks);
  }

  private void inJsonWithMail(Path data) throws Exception {
    try (MailServer mail = MailServer.start(MailServer.Protection.STARTTLS)) {
      mail.addLogin("office", marks.add("mail password", "canary.mail.password"));
      Path trusted = Files.writeString(folder.resolve("mail.pem"), mail.certificate());
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("couriers.mail[0].name", "office");
      settings.put("couriers.mail[0].host", "127.0.0.1");
      settings.put("couriers.mail[0].port", Integer.toString(mail.port()));
      settings.put("couriers.mail[0].from", "id@office.example");
      settings.put("couriers.mail[0].trusted-certificates", trusted.toString());
      settings.put("couriers.mail[0].login.user", "office");
      settings.put("couriers.mail[0].login.password", "canary.mail.password");
      try (var program = new Program(folder.resolve("json"), data, "json", settings)) {
        Visit.Letters letters =
            address ->
                address.contains("@")
                    ? mail.received().stream()
                        .filter(letter -> letter.header("To").orElse("").contains(address))
                        .map(MailServer.Mail::text)
                        .toList()
                    : outbox(program, address);
        visit(program, data, 1, letters, "email", mail::close);
      }
      evidence.putFiles("after a stop", data);
    }
  }

  private void inTextWithTextMessages(Path data) throws Exception {
    try (SmsGateway gateway = SmsGateway.start()) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("couriers.sms[0].name", "gateway");
      settings.put("couriers.sms[0].url", gateway.at("/send").toString());
      settings.put("couriers.sms[0].body", "{\"to\":\"$to\",\"text\":\"$text\"}");
      settings.put(
          "couriers.sms[0].headers.Authorization",
          marks.add("gateway password", "canary.gateway.password"));
      try (var program = new Program(folder.resolve("text"), data, "text", settings)) {
        Visit.Letters letters =
            address ->
                address.contains("@")
                    ? outbox(program, address)
                    : gateway.requests().stream()
                        .map(SmsGateway.Request::body)
                        .filter(body -> body.contains(address))
                        .map(body -> body.replace(address, ""))
                        .toList();
        String answer = "{\"error\":\"" + marks.fresh("answer of the gateway") + "\"}";
        Runnable trouble = () -> gateway.behave(SmsGateway.Answer.json(500, answer));
        visit(program, data, 2, letters, "phone", trouble);
        program.kill();
      }
      evidence.putFiles("after a power cut", data);
    }
  }

  /**
   * @param trouble makes the courier of the channel fail
   */
  private void visit(
      Program program,
      Path data,
      int number,
      Visit.Letters letters,
      String channel,
      Runnable trouble)
      throws Exception {
    markFiles(data);
    var person = new MarkedPerson(marks, number);
    var operator = new Operator(program, folder, data, marks, number);
    operator.enrol(person);
    new PhoneVisit(program.url(), data, marks, number).make();
    new EarlyVisit(program.url(), data, marks, person, letters, number).make();
    try (var visit = new Visit(data, marks, person, letters)) {
      visit.make();
      operator.work(person);
      operator.talkToTheListener();
      trouble.run();
      visit.undeliverable(channel, channel.equals("email") ? person.email : person.phone);
      evidence.put(number + ": answers to the partner", visit.received());
      var stranger = new Stranger(marks, visit.party());
      stranger.make();
      evidence.put(number + ": answers to a stranger", stranger.received());
      System.out.println("canary, " + marks.size() + " marks: " + visit.answers());
    }
    for (String page : List.of("/metrics", "/demo/requests", "/demo/people", "/health/ready")) {
      evidence.put(number + ": " + page, program.get(page));
    }
    evidence.put(
        number + ": /",
        Evidence.withoutLetters(new String(program.get("/"), StandardCharsets.UTF_8)));
    evidence.putFiles(number + ": while it ran", data);
    for (Path file : program.written()) {
      evidence.put(number + ": " + file.getFileName(), Files.readAllBytes(file));
    }
  }

  /** Secrets of the server and of the partner that lie in files of their own. */
  private void markFiles(Path data) throws IOException {
    marks.add(
        "master key",
        Base64.getDecoder().decode(Files.readString(data.resolve("master.key")).strip()));
    Matcher password =
        PASSWORD.matcher(Files.readString(data.resolve("partner").resolve("config.toml")));
    while (password.find()) {
      marks.add("password of a keystore", password.group(1));
    }
  }

  private static List<String> outbox(Program program, String address) {
    try {
      List<String> texts = new ArrayList<>();
      Json.mapper()
          .readTree(
              program.get("/demo/outbox?to=" + URLEncoder.encode(address, StandardCharsets.UTF_8)))
          .forEach(letter -> texts.addFirst(letter.get("text").stringValue()));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
