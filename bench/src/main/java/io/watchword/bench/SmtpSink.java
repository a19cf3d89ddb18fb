package io.watchword.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes every mail and remembers the latest code sent to each address. As much of SMTP (RFC 5321)
 * as the server's courier speaks to a neighbour that offers no extension.
 */
final class SmtpSink implements AutoCloseable {

  private static final Pattern RECIPIENT = Pattern.compile("(?i)RCPT TO:\\s*<([^>]+)>.*");
  private static final Pattern CODE = Pattern.compile("code is: ([0-9]{6})(?![0-9])");

  private final ServerSocket server;
  private final Map<String, String> codes = new ConcurrentHashMap<>();

  SmtpSink() throws IOException {
    server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("smtp-sink").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** The latest code that an address was sent, once. */
  Optional<String> take(String address) {
    return Optional.ofNullable(codes.remove(address.toLowerCase(Locale.ROOT)));
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException e) {
        // Closed, or a client that is gone already.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      client.setTcpNoDelay(true);
      OutputStream out = client.getOutputStream();
      say(out, "220 sink");
      String to = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Matcher recipient = RECIPIENT.matcher(line);
        if (recipient.matches()) {
          to = recipient.group(1);
          say(out, "250 taken");
        } else if (line.equalsIgnoreCase("DATA")) {
          say(out, "354 go on");
          // Known before the courier hears that it was taken, hence before the client does.
          remember(to, letter(in));
          say(out, "250 taken");
        } else if (line.equalsIgnoreCase("QUIT")) {
          say(out, "221 bye");
          return;
        } else {
          say(out, "250 sink");
        }
      }
    } catch (IOException e) {
      // The courier's process is gone, as it is meant to be now and then.
    }
  }

  private static String letter(BufferedReader in) throws IOException {
    var letter = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      letter.append(line).append('\n');
    }
    return letter.toString();
  }

  private void remember(String to, String letter) {
    Matcher code = CODE.matcher(letter);
    if (code.find()) {
      codes.put(to.toLowerCase(Locale.ROOT), code.group(1));
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
