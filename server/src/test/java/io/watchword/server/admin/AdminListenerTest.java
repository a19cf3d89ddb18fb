package io.watchword.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AdminListenerTest {

  @TempDir Path folder;

  private final AtomicInteger ran = new AtomicInteger();

  /** Says each line of its input back, and how it was called. */
  private int echo(List<String> arguments, String operator, InputStream in, Answer answer) {
    ran.incrementAndGet();
    try {
      answer.err(operator + " runs " + arguments);
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(answer::out);
      answer.file("reply.bin", new byte[] {0, 1, 2, (byte) 0xff});
      return 7;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Heard implements Answer {
    final List<String> lines = new ArrayList<>();
    final List<byte[]> files = new ArrayList<>();

    @Override
    public void out(String line) {
      lines.add("out " + line);
    }

    @Override
    public void err(String line) {
      lines.add("err " + line);
    }

    @Override
    public void file(String name, byte[] content) {
      lines.add("file " + name);
      files.add(content);
    }
  }

  private String talk(String text) throws IOException {
    int port = AdminFile.read(folder).orElseThrow().port();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void whoDoesNotKnowTheTokenRunsNothingAndLearnsNothing() throws Exception {
    try (var _ = new AdminListener(folder, this::echo, new SecureRandom())) {
      String token = AdminFile.read(folder).orElseThrow().token();
      for (String line :
          List.of(
              "{\"token\":\"\",\"operator\":\"eve\",\"arguments\":[\"keys\"]}\n",
              "{\"operator\":\"eve\",\"arguments\":[\"keys\"]}\n",
              "{\"token\":\"" + token.substring(1) + "0\",\"arguments\":[\"keys\"]}\n",
              "{\"token\":\"" + token + "\"}\n",
              "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
              "null\n",
              "{\"token\":\"" + "x".repeat(100_000) + "\"}\n",
              "")) {
        assertThat(talk(line)).isEmpty();
      }
      assertThat(ran).hasValue(0);
    }
  }

  @Test
  void aCommandRunsInTheServerAndIsHeardWhereItWasTyped() throws Exception {
    var heard = new Heard();
    try (var _ = new AdminListener(folder, this::echo, new SecureRandom());
        AdminClient client = AdminClient.connect(folder).orElseThrow()) {
      int exit =
          client.run(
              List.of("echo", "--x", "ä b"),
              "olga",
              new ByteArrayInputStream("one\ntwö".getBytes(StandardCharsets.UTF_8)),
              heard);
      assertThat(exit).isEqualTo(7);
    }
    assertThat(heard.lines)
        .containsExactly("err olga runs [echo, --x, ä b]", "out one", "out twö", "file reply.bin");
    assertThat(heard.files.getFirst()).containsExactly(0, 1, 2, 0xff);
  }

  @Test
  void muchInputAndMuchOutputDoNotWaitForEachOther() throws Exception {
    Commands shout =
        (_, _, in, answer) -> {
          try {
            byte[] chunk = new byte[8192];
            while (in.read(chunk) >= 0) {
              answer.out("x".repeat(8192)); // while the client is still sending
            }
            return 0;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try (var _ = new AdminListener(folder, shout, new SecureRandom());
        AdminClient client = AdminClient.connect(folder).orElseThrow()) {
      var heard = new Heard();
      byte[] input = new byte[32 << 20];
      assertThat(client.run(List.of("x"), "", new ByteArrayInputStream(input), heard)).isZero();
      assertThat(heard.lines.size()).isGreaterThan(4_000);
    }
  }

  @Test
  void theFileWithTheTokenIsItsOwnersAloneAndGoesWithTheServer() throws Exception {
    var listener = new AdminListener(folder, this::echo, new SecureRandom());
    Path file = folder.resolve("admin.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    listener.close();
    assertThat(file).doesNotExist();
    assertThat(AdminClient.connect(folder)).isEmpty(); // it does not know where
  }

  @Test
  void aFileThatAKilledServerLeftBehindLeadsNowhere() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    new AdminFile(port, "token").write(folder);
    assertThat(AdminClient.connect(folder)).isEmpty();
  }

  @Test
  void aServerThatStopsInTheMiddleIsSaidSo() throws Exception {
    var listener = new AdminListener[1];
    Commands stop =
        (_, _, _, _) -> {
          listener[0].close();
          return 0;
        };
    listener[0] = new AdminListener(folder, stop, new SecureRandom());
    try (AdminClient client = AdminClient.connect(folder).orElseThrow()) {
      assertThatThrownBy(
              () -> client.run(List.of("x"), "", InputStream.nullInputStream(), new Heard()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void noSecretStandsInWhatIsPrinted() {
    assertThat(new AdminFile(1, "s3cret").toString()).doesNotContain("s3cret");
    assertThat(new Frames.Request("s3cret", "", List.of()).toString()).doesNotContain("s3cret");
  }
}
