package io.watchword.server.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.demo.DemoPartnerFiles;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who types commands, right and wrong ones, and what reaches the listener for commands. */
final class Operator {

  private static final Pattern SHOWN_ONCE = Pattern.compile("shown this once: (\\S+)");

  private final Program program;
  private final Path folder;
  private final Path data;
  private final Marks marks;
  private final int number;

  /**
   * @param folder for files that commands read and write
   * @param number tells this operator's marks from another's
   */
  Operator(Program program, Path folder, Path data, Marks marks, int number) {
    this.program = program;
    this.folder = folder;
    this.data = data;
    this.marks = marks;
    this.number = number;
  }

  private String mark(String name) {
    return marks.fresh(name);
  }

  /** Puts the person on file, by a file with many faults. */
  void enrol(MarkedPerson person) throws Exception {
    Path people = folder.resolve("people-" + number + ".jsonl");
    Files.write(people, lines(person));
    assertThat(program.run("individual", "import", people.toString())).isEqualTo(1);
    assertThat(program.run("policy", "put", "mixed-up", people.toString())).isEqualTo(1);
  }

  /** A good line, and lines with every kind of fault. */
  private List<String> lines(MarkedPerson person) {
    List<String> lines = new ArrayList<>();
    lines.add(person.line().toString());
    String broken = person.line().toString();
    lines.add(broken.substring(0, broken.length() / 2));
    lines.add(mark("bare line"));
    lines.add("{\"" + mark("member") + "\":1}");
    for (String member :
        List.of(
            "uin",
            "vids",
            "handles",
            "preferredLanguage",
            "face",
            "locks",
            "deactivated",
            "fictitiousCode",
            "attributes")) {
      ObjectNode line = person.line();
      line.put(member, mark(member));
      lines.add(line.toString());
    }
    for (String member : List.of("dateOfBirth", "phone", "email", "fullName")) {
      ObjectNode line = person.line();
      line.withObject("attributes").put(member, "\u0007" + mark(member));
      lines.add(line.toString());
    }
    ObjectNode vid = person.line();
    ((ObjectNode) vid.get("vids").get(0)).put("expires", mark("expiry"));
    lines.add(vid.toString());
    return lines;
  }

  /** The other commands. */
  void work(MarkedPerson person) throws Exception {
    assertThat(program.run("audit", "verify")).isZero();
    assertThat(program.run("keys", "list")).isZero();
    assertThat(program.run("partner", "list")).isZero();
    assertThat(program.run("policy", "show", DemoPartnerFiles.POLICY_ID)).isZero();
    // Shows attributes by design.
    assertThat(program.show("individual", "show", person.vid))
        .contains(person.name)
        .doesNotContain(person.vid, person.uin, person.phone, person.email);
    assertThat(program.run("individual", "show", mark("nobody"))).isEqualTo(1);
    assertThat(program.run("individual", "show", person.uin.substring(1) + "0")).isEqualTo(1);
    // Wrong usage is quoted to whoever typed it.
    program.show("individual", mark("no command"));
    program.show("individual", "show", "--" + mark("no option"), person.uin);
    String partner = "canary-partner-" + number;
    markShown(
        program.show(
            "partner",
            "onboard",
            partner,
            "--name=Aviary",
            "--policy=" + DemoPartnerFiles.POLICY_ID,
            "--generate=Aviary",
            "--out=" + folder.resolve("onboarded-" + number)));
    markShown(program.show("partner", "licence", partner));
    assertThat(program.run("partner", "suspend", partner)).isZero();
  }

  private void markShown(String output) {
    Matcher shown = SHOWN_ONCE.matcher(output);
    assertThat(shown.find()).as(output).isTrue();
    marks.add("key of a new partner " + marks.size(), shown.group(1));
  }

  /** What reaches the listener without the command line's own checks before it. */
  void talkToTheListener() throws IOException {
    JsonNode file = Json.mapper().readTree(Files.readAllBytes(data.resolve("admin.json")));
    String token = marks.add("word for the listener " + number, file.get("token").stringValue());
    int port = file.get("port").intValue();
    for (String talk :
        List.of(
            mark("bare talk"),
            "{\"token\":\"" + mark("cut talk"),
            "{\"token\":\"" + mark("wrong token") + "\",\"operator\":\"\",\"arguments\":[]}",
            "{\"token\":7,\"" + mark("unknown member of talk") + "\":\"\"}",
            request(token, mark("word"), mark("word")),
            request(token, "individual", mark("word")),
            request(token, "individual", "show", mark("id")),
            mark("long talk").repeat(10_000))) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write((talk + "\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(new byte[4]); // no input
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes(); // quotes what was typed, to whoever has the word
      } catch (java.net.SocketException e) {
        // The listener has hung up.
      }
    }
  }

  private static String request(String token, String... arguments) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.put("token", token).put("operator", "canary");
    for (String argument : arguments) {
      request.withArray("arguments").add(argument);
    }
    return request.toString();
  }
}
