package io.watchword.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.server.BareDoor;
import io.watchword.server.DemoServer;
import io.watchword.testkit.prints.PhaseSpirals;
import io.watchword.testkit.prints.SyntheticFinger;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two requests of identity v1, from their bytes to the store (contract identity-v1 2 and 3).
 * Each is answered in the format, is no defect, and nobody is authenticated: what is on file of the
 * people cannot be guessed, and stands in no seed. A code is sent only to one of them, and only for
 * the relying party.
 */
public final class IdentityV1Target {

  private static final String ASKED = "678956453456";
  private static final String SENT_TO = "753028461938";
  private static final String LICENCE = "the-licence-key";
  private static final Pattern FORM_OF_CODE = Pattern.compile("IDA-[A-Z]{3}-[0-9]{3}");
  private static final Pattern INTERNALS =
      Pattern.compile("Exception|java\\.|io\\.(watchword|helidon)|tools\\.jackson");
  private static final Set<Integer> STATUSES = Set.of(200, 400, 413, 500);
  private static final String DEFECT = "IDA-MLC-101";
  private static final Pattern WORD = Pattern.compile("\\{\\{([^}]*)}}");

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-01-05T12:00:00Z"));

  /** Is opened where inputs are taken, not where seeds are written. */
  private static final class Opened {
    static final BareDoor DOOR = open();
  }

  private IdentityV1Target() {}

  /** Called once. */
  public static void fuzzerInitialize() {
    Opened.DOOR.licence();
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] body) {
    // The key is made anew by each process.
    byte[] licensed =
        new String(body, ISO_8859_1).replace(LICENCE, Opened.DOOR.licence()).getBytes(ISO_8859_1);
    Cost.bound(() -> {
      check("/otp/v1.0", licensed);
      check("/auth/v1.0", licensed);
    });
  }

  private static BareDoor open() {
    Map<String, String> settings = new HashMap<>();
    for (String budget :
        List.of(
            "wrong-per-person",
            "wrong-per-person-and-caller",
            "sends-per-person-hour",
            "sends-per-destination-hour",
            "sends-per-destination-day")) {
      settings.put("budgets." + budget, "1000000");
    }
    settings.put("budgets.sends-per-caller-hour", "100000000");
    settings.put("budgets.sends-per-hour", "100000000");
    settings.put("doors.identity-v1.codes.flood-requests", "1000000");
    settings.put("doors.kernel.passwords.memory", "64KiB");
    try {
      Path data = Files.createTempDirectory("store");
      return new BareDoor(data, settings, NOON, List.of(person(ASKED), person(SENT_TO)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String person(String uin) {
    ObjectNode person = Json.mapper().createObjectNode().put("uin", uin);
    ObjectNode attributes = person.putObject("attributes");
    for (String name : List.of("fullName", "gender", "addressLine1", "city", "fullAddress")) {
      ObjectNode texts = attributes.putObject(name);
      for (String language : List.of("fra", "ara", "eng")) {
        texts.put(language, "kwrtz " + uin.hashCode() * 31L + " " + name + " vqxj " + language);
      }
    }
    attributes.put("phone", "+212600000121").put("email", "kwrtz.vqxj.8123@demo.example");
    person.put("preferredLanguage", "fra");
    person
        .putArray("fingers")
        .addObject()
        .put("position", "Left IndexFinger")
        .put("record", finger(1));
    return Json.mapper().writeValueAsString(person);
  }

  private static String finger(long seed) {
    byte[] template = new SyntheticFinger(new PhaseSpirals(), seed).template(0, 7);
    return Base64.getEncoder().encodeToString(template);
  }

  private static void check(String path, byte[] body) {
    BareDoor.Reply reply;
    try {
      reply = Opened.DOOR.post(path, body);
    } catch (Exception e) {
      throw new AssertionError("no answer at " + path, e);
    }
    String text = new String(reply.body(), UTF_8);
    String sent = new String(body, UTF_8);
    ObjectNode json = Json.readObject(reply.body()).orElseThrow();
    List<String> codes =
        json.get("err").valueStream().map(each -> each.get("code").stringValue()).toList();
    if (!STATUSES.contains(reply.status())
        || INTERNALS.matcher(text).results().anyMatch(part -> !sent.contains(part.group()))
        || codes.contains(DEFECT)
        || !codes.stream().allMatch(code -> FORM_OF_CODE.matcher(code).matches())
        || (reply.status() == 200) != codes.isEmpty()) {
      throw new AssertionError(path + " answers " + reply.status() + " " + text);
    }
    if (path.startsWith("/auth")) {
      if (codes.isEmpty() || !json.get("status").stringValue().equals("N")) {
        throw new AssertionError("somebody is authenticated: " + text);
      }
    } else if (codes.isEmpty() && !mayBeSent(body)) {
      throw new AssertionError("a code is sent: " + text);
    }
  }

  private static boolean mayBeSent(byte[] body) {
    JsonNode json = Json.readObject(body).orElseThrow();
    JsonNode identity = json.path("request").path("identity");
    String uin = identity.path("UIN").asString("").replaceAll("[\\s\\p{Z}]", "");
    return json.path("id").asString("").equals("mosip.identity.otp")
        && json.path("tspID").asString("").equals(BareDoor.TSP)
        && json.path("licenseKey").asString("").equals(Opened.DOOR.licence())
        && Set.of(ASKED, SENT_TO).contains(uin);
  }

  /** The requests of the golden conversations, about people who are others here. */
  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    Path conversations = DemoServer.projectFolder().resolve("contracts/identity-v1");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(conversations, "*.json")) {
      for (Path file : files) {
        JsonNode conversation = Json.mapper().readTree(Files.readAllBytes(file));
        for (JsonNode step : conversation.get("steps")) {
          request(step).map(IdentityV1Target::filled).ifPresent(seeds::add);
        }
      }
    }
    return seeds;
  }

  private static Optional<String> request(JsonNode step) {
    String call = step.path("call").asString("");
    if (step.has("raw")) {
      return Optional.of(step.get("raw").stringValue());
    }
    if (!call.equals("otp") && !call.equals("auth")) {
      return Optional.empty();
    }
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", "mosip.identity." + call).put("requestTime", "{{now}}");
    body.put("tspID", BareDoor.TSP).put("licenseKey", LICENCE).put("transactionID", "1234567890");
    if (call.equals("auth")) {
      body.putObject("requestedAuth");
    }
    ObjectNode identity = body.putObject("request").putObject("identity");
    identity.put("UIN", call.equals("otp") ? SENT_TO : ASKED);
    if (step.path("body") instanceof ObjectNode changes) {
      lay(body, changes);
    }
    return Optional.of(body.toString());
  }

  private static void lay(ObjectNode base, ObjectNode changes) {
    changes
        .properties()
        .forEach(change -> {
          if (base.get(change.getKey()) instanceof ObjectNode below
              && change.getValue() instanceof ObjectNode more) {
            lay(below, more);
          } else {
            base.set(change.getKey(), change.getValue());
          }
        });
  }

  private static byte[] filled(String text) {
    return WORD.matcher(text)
        .replaceAll(word -> Matcher.quoteReplacement(value(word.group(1))))
        .getBytes(UTF_8);
  }

  private static String value(String word) {
    if (word.startsWith("now")) {
      return "2026-01-05T17:29:00.000+05:30";
    }
    if (word.startsWith("impression")) {
      return finger(2);
    }
    return word.endsWith("uin") ? ASKED : "000000";
  }
}
