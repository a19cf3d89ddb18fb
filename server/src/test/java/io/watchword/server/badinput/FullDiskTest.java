package io.watchword.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.audit.AuditVerification;
import io.watchword.server.DemoServer;
import io.watchword.server.RelyingParty;
import io.watchword.server.RelyingParty.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A disk that fills up under a running server, and has room again. */
class FullDiskTest {

  private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

  @TempDir Path temporary;

  private record Acknowledged(String uin, String transaction, String code) {}

  @Test
  void aFullDiskIsToldAndNothingAcknowledgedIsLost() throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    int mounted = run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString());
    Assumptions.assumeTrue(
        mounted == 0, "a file system of 32 MB can be mounted only as root; mount said " + mounted);
    try (LogWatch log = new LogWatch()) {
      Map<String, Acknowledged> kept;
      try (DemoServer demo = DemoServer.in(disk.resolve("data"));
          RelyingParty party = RelyingParty.of(demo)) {
        assertThat(health(demo)).isEqualTo(200);
        Path ballast = disk.resolve("ballast");
        kept = askUntilRefused(demo, party, ballast);
        assertThat(party.send(auth(party, anybody(demo), "full000000", "123456")).codes())
            .containsExactly("IDA-MLC-007");
        assertThat(health(demo)).isEqualTo(503);
        assertThat(log.errors()).isNotEmpty().allMatch(line -> line.contains("the store is"));

        Files.delete(ballast);
        assertThat(health(demo)).isEqualTo(200);
        spendOne(kept, party);
      }
      // What was acknowledged is there after a restart too.
      try (DemoServer demo = DemoServer.in(disk.resolve("data"));
          RelyingParty party = RelyingParty.of(demo)) {
        while (!kept.isEmpty()) {
          spendOne(kept, party);
        }
        AuditVerification.Report report =
            demo.server().platform().verification().verify(List.of(), records -> {});
        assertThat(report.faults()).isEmpty();
      }
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  /** The newest acknowledged code of each person; the disk is filled once all of them have one. */
  private static Map<String, Acknowledged> askUntilRefused(
      DemoServer demo, RelyingParty party, Path ballast) throws IOException {
    List<JsonNode> people = demo.people("plain");
    Map<String, Acknowledged> kept = new LinkedHashMap<>();
    for (int i = 0; i < 5_000; i++) {
      if (i == people.size()) {
        fill(ballast);
      }
      JsonNode person = people.get(i % people.size());
      String uin = person.get("uin").stringValue();
      String transaction = "full%06d".formatted(i);
      Reply reply = party.send(party.otp(uin, transaction, "email"));
      assertThat(Verdict.on("POST", reply)).isEmpty();
      if (!reply.codes().isEmpty()) {
        assertThat(reply.codes()).containsExactly("IDA-OTA-002");
        assertThat(i).isGreaterThanOrEqualTo(people.size());
        return kept;
      }
      Matcher code =
          CODE.matcher(
              demo.letters(person.get("email").stringValue()).get(0).get("text").stringValue());
      assertThat(code.find()).isTrue();
      kept.put(uin, new Acknowledged(uin, transaction, code.group()));
    }
    throw new AssertionError("the disk never became full");
  }

  private static void spendOne(Map<String, Acknowledged> kept, RelyingParty party) {
    Acknowledged next = kept.remove(kept.keySet().iterator().next());
    Reply reply = party.send(auth(party, next.uin(), next.transaction(), next.code()));
    assertThat(reply.codes()).isEmpty();
  }

  private static RelyingParty.Draft auth(
      RelyingParty party, String uin, String transaction, String code) {
    return party.auth("auth", uin, transaction).code(code);
  }

  private static String anybody(DemoServer demo) {
    return demo.people("plain").getLast().get("uin").stringValue();
  }

  private static void fill(Path ballast) throws IOException {
    byte[] chunk = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      for (int size = chunk.length; size > 0; ) {
        try {
          out.write(chunk, 0, size);
        } catch (IOException e) {
          size /= 2;
        }
      }
    }
  }

  private static int health(DemoServer demo) throws IOException {
    return ((HttpURLConnection) URI.create(demo.url() + "/health").toURL().openConnection())
        .getResponseCode();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(new ArrayList<>(List.of(command))).start();
    return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }
}
