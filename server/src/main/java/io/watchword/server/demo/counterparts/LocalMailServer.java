package io.watchword.server.demo.counterparts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes mail by SMTP (RFC 5321) as far as a sender needs it: no login, no TLS, no extension. */
final class LocalMailServer implements AutoCloseable {

  private static final int LONGEST_LINE = 2_000;
  private static final int LARGEST_MAIL = 1024 * 1024;
  private static final int MOST_RECIPIENTS = 100;
  private static final int MOST_CONNECTIONS = 256;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final Pattern PATH = Pattern.compile("(?i)(MAIL FROM|RCPT TO): *<([^<>]*)>.*");

  private final ServerSocket listener;
  private final Courier outbox;
  private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LocalMailServer(ServerSocket listener, Courier outbox) {
    this.listener = listener;
    this.outbox = outbox;
  }

  static LocalMailServer start(Courier outbox) throws IOException {
    var server =
        new LocalMailServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), outbox);
    Thread.ofVirtual().name("demo-smtp").start(server::accept);
    return server;
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket each : open) {
      each.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        room.acquire();
        Socket client = listener.accept();
        Thread.ofVirtual().name("demo-smtp").start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client) {
      client.setSoTimeout(PATIENCE_MILLIS);
      new Dialogue(client).run();
    } catch (IOException e) {
      // The client went away: its own matter.
    } finally {
      open.remove(client);
      room.release();
    }
  }

  /** One connection. */
  private final class Dialogue {

    private final InputStream in;
    private final Socket client;
    private final List<String> recipients = new ArrayList<>();
    private boolean begun;

    Dialogue(Socket client) throws IOException {
      this.client = client;
      this.in = new BufferedInputStream(client.getInputStream());
    }

    void run() throws IOException {
      say("220 demo ESMTP");
      for (String line = line(); !line.isEmpty(); line = line()) {
        String[] words = line.strip().split("[ :]", 2);
        switch (words[0].toUpperCase(Locale.ROOT)) {
          case "EHLO", "HELO" -> reset("250 demo");
          case "RSET" -> reset("250 forgotten");
          case "NOOP" -> say("250 well");
          case "MAIL" -> from(line.strip());
          case "RCPT" -> to(line.strip());
          case "DATA" -> data();
          case "QUIT" -> {
            say("221 bye");
            return;
          }
          default -> say("502 not served");
        }
      }
    }

    private void reset(String answer) throws IOException {
      begun = false;
      recipients.clear();
      say(answer);
    }

    private void from(String line) throws IOException {
      if (!PATH.matcher(line).matches()) {
        say("501 from whom?");
        return;
      }
      begun = true;
      recipients.clear();
      say("250 well");
    }

    private void to(String line) throws IOException {
      Matcher path = PATH.matcher(line);
      if (!begun) {
        say("503 MAIL first");
      } else if (!path.matches() || path.group(2) == null || path.group(2).isEmpty()) {
        say("501 to whom?");
      } else if (recipients.size() == MOST_RECIPIENTS) {
        say("452 too many recipients");
      } else {
        recipients.add(path.group(2));
        say("250 well");
      }
    }

    private void data() throws IOException {
      if (recipients.isEmpty()) {
        say("503 RCPT first");
        return;
      }
      say("354 go on, end with a dot");
      var mail = new ByteArrayOutputStream();
      String line = line();
      while (!line.isEmpty() && !line.equals(".\r\n")) {
        if (mail.size() <= LARGEST_MAIL) {
          mail.writeBytes((line.startsWith(".") ? line.substring(1) : line).getBytes(ISO_8859_1));
        }
        line = line();
      }
      if (line.isEmpty()) {
        return; // cut off: not a mail
      }
      if (mail.size() > LARGEST_MAIL) {
        reset("552 too large");
      } else {
        reset(keep(mail.toByteArray()) ? "250 taken" : "554 cannot be read");
      }
    }

    private boolean keep(byte[] octets) {
      try {
        var mail =
            new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
        String subject = mail.getSubject() == null ? "" : mail.getSubject();
        String text = mail.getContent() instanceof String plain ? plain : "";
        for (String to : recipients) {
          outbox.carry(new Letter(Channel.EMAIL, to, subject, text.replace("\r\n", "\n")));
        }
        return true;
      } catch (MessagingException | IOException e) {
        return false;
      }
    }

    private void say(String line) throws IOException {
      client.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
    }

    /** With its end; empty at the end of the stream. */
    private String line() throws IOException {
      var line = new ByteArrayOutputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        line.write(octet);
        if (octet == '\n') {
          return line.toString(ISO_8859_1);
        }
        if (line.size() > LONGEST_LINE) {
          throw new IOException("a line without end");
        }
      }
      return "";
    }
  }
}
