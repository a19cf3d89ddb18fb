package io.watchword.testkit.smtp;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mail server on 127.0.0.1 that takes every letter and keeps it in memory. For tests and for a
 * local counterpart of the demo.
 */
public final class MailServer implements AutoCloseable {

  /** How clients must protect the connection. */
  public enum Protection {
    NONE,
    /** Offers STARTTLS and takes neither login nor mail before it. */
    STARTTLS,
    TLS
  }

  /**
   * A letter as it arrived.
   *
   * @param headers as they stood on the wire, unfolded but not decoded; of a repeated header the
   *     values are joined by a line break
   * @param subject decoded
   * @param text decoded, line breaks as {@code \n}
   */
  public record Mail(Map<String, String> headers, String subject, String text) {

    /** A header by its name, in any case. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  private final GreenMail backend;
  private final Optional<TlsFront> front;

  private MailServer(GreenMail backend, Optional<TlsFront> front) {
    this.backend = backend;
    this.front = front;
  }

  /** Starts a server at a free port. */
  public static MailServer start(Protection protection) {
    var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(10_000);
    var backend = new GreenMail(setup);
    backend.start();
    try {
      Optional<TlsFront> front =
          protection == Protection.NONE
              ? Optional.empty()
              : Optional.of(
                  TlsFront.start(backend.getSmtp().getPort(), protection == Protection.STARTTLS));
      return new MailServer(backend, front);
    } catch (IOException e) {
      backend.stop();
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return front.map(TlsFront::port).orElseGet(() -> backend.getSmtp().getPort());
  }

  /** The certificate to trust, PEM, for {@code localhost} and {@code 127.0.0.1}. */
  public String certificate() {
    return front
        .map(TlsFront::certificate)
        .orElseThrow(() -> new IllegalStateException("a server without TLS has no certificate"));
  }

  /** Lets a client log in. Without a login the server takes mail too. */
  public void addLogin(String user, String password) {
    backend.setUser(user + "@mail.test", user, password);
  }

  /** What has arrived so far, oldest first. */
  public List<Mail> received() {
    return Arrays.stream(backend.getReceivedMessages()).map(MailServer::read).toList();
  }

  @Override
  public void close() {
    front.ifPresent(TlsFront::close);
    backend.stop();
  }

  private static Mail read(MimeMessage message) {
    try {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (Header header : Collections.list(message.getAllHeaders())) {
        headers.merge(header.getName(), header.getValue(), (a, b) -> a + "\n" + b);
      }
      String subject = message.getSubject();
      return new Mail(
          headers,
          subject == null ? "" : subject,
          message.getContent().toString().replace("\r\n", "\n"));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
