package io.watchword.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.RelyingParty;
import io.watchword.server.RelyingParty.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes on the socket that are nearly, or no longer, a request in HTTP. */
class BrokenHttpTest {

  private static final int REQUESTS = 400;
  private static final int AT_ONCE = 64;
  private static final Pattern GOOD =
      Pattern.compile("HTTP/1\\.[01] (200|400|404|413|414|431|505) ");

  @TempDir static Path data;

  private static LogWatch log;
  private static DemoServer demo;
  private static RelyingParty party;

  @BeforeAll
  static void open() {
    log = new LogWatch();
    // A flipped length makes the server wait for bytes that never come.
    demo =
        DemoServer.in(
            data,
            Map.of(
                "server.limits.head-time",
                "2s",
                "server.limits.body-time",
                "2s",
                "server.limits.idle",
                "2s"),
            Clock.systemUTC());
    party = RelyingParty.of(demo);
  }

  @AfterAll
  static void close() {
    party.close();
    demo.close();
    log.close();
  }

  @Test
  void bytesFlippedAnywhereAreNoDefectAndHarmNobody() throws Exception {
    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < REQUESTS; i++) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(i);
        byte[] bent = raw(genuine("raw%07d".formatted(i)));
        int head = new String(bent, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          // Mostly where the request line and the short headers are.
          bent[random.nextInt(random.nextInt(4) == 0 ? head : Math.min(head, 420))] ^=
              (byte) (1 << random.nextInt(8));
        }
        byte[] sent = random.nextInt(6) == 0 ? Arrays.copyOf(bent, random.nextInt(head)) : bent;
        answers.add(threads.submit(() -> answer(sent)));
      }
      for (Future<String> answer : answers) {
        String text = answer.get();
        // Cut off without an answer is an answer to what cannot be read.
        assertThat(text.isEmpty() || GOOD.matcher(text).lookingAt()).as(text).isTrue();
        assertThat(text).doesNotContain("Exception").doesNotContain("io.watchword");
      }
    }
    assertThat(log.errors()).isEmpty();
    assertThat(party.send(genuine("afterwards")).codes()).isEmpty();
  }

  private static Message genuine(String transaction) {
    return party.finish(party.otp("2047631038", transaction, "email"));
  }

  private static byte[] raw(Message message) {
    var text = new StringBuilder("POST ");
    text.append(URI.create(party.url()).getPath()).append(message.target()).append(" HTTP/1.1\r\n");
    text.append("Host: 127.0.0.1\r\nConnection: close\r\n");
    text.append("Content-Length: ").append(message.body().length).append("\r\n");
    message.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(message.body());
    return bytes.toByteArray();
  }

  private static String answer(byte[] request) throws IOException {
    URI server = URI.create(demo.url());
    var answer = new ByteArrayOutputStream();
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request);
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[8192];
      int read;
      while ((read = in.read(chunk)) >= 0) {
        answer.write(chunk, 0, read);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // The server has hung up; what it said before counts.
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }
}
