package io.watchword.server.couriers;

import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.SmtpSettings.Security;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Hands mail to one SMTP server, a connection a letter. Text goes as UTF-8; nothing in a letter can
 * add a header or a recipient.
 */
public final class SmtpCourier implements Courier {

  /**
   * Its protocol trace shows logins and texts, so it stays off at whatever level the log stands.
   */
  private static final Logger PROTOCOL_TRACE = Logger.getLogger("org.eclipse.angus.mail");

  static {
    PROTOCOL_TRACE.setLevel(Level.OFF);
  }

  private final SmtpSettings settings;
  private final CourierLimits limits;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final SSLContext tls;
  private final InternetAddress from;
  private final Optional<InternetAddress> replyTo;
  private final Session session;

  /**
   * @param random makes Message-IDs
   * @throws IllegalArgumentException if the settings have {@link SmtpSettings#problems}
   */
  public SmtpCourier(
      SmtpSettings settings, CourierLimits limits, InstantSource clock, RandomGenerator random) {
    if (!settings.problems().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", settings.problems()));
    }
    this.settings = settings;
    this.limits = limits;
    this.clock = clock;
    this.random = random;
    this.tls = TrustedCertificates.context(settings.trustedCertificates());
    this.from = MailAddress.sender(settings.from()).orElseThrow();
    this.replyTo = settings.replyTo().flatMap(MailAddress::sender);
    this.session = Session.getInstance(properties());
  }

  @Override
  public Outcome carry(Letter letter) {
    Optional<InternetAddress> to = MailAddress.recipient(letter.to());
    if (to.isEmpty()) {
      return new Failed("not a mail address");
    }
    try {
      return Deadline.within(limits.total(), () -> send(letter, to.get()));
    } catch (TimeoutException e) {
      return new Failed("no answer within " + limits.total().toMillis() + " ms");
    } catch (ExecutionException e) {
      return new Failed(SmtpTrouble.of(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("interrupted");
    }
  }

  private Outcome send(Letter letter, InternetAddress to) throws MessagingException, IOException {
    MimeMessage message = message(letter, to);
    try (Socket socket = connect();
        var transport = new SMTPTransport(session, server())) {
      transport.connect(protect(socket));
      transport.sendMessage(message, message.getAllRecipients());
    }
    return new Taken(settings.name(), message.getMessageID());
  }

  private MimeMessage message(Letter letter, InternetAddress to) throws MessagingException {
    String id = "<" + HexFormat.of().formatHex(randomBytes()) + "@" + domain(from) + ">";
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            // Not Angus's own, which tells the names of this machine and its user.
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(from);
    if (replyTo.isPresent()) {
      message.setReplyTo(new InternetAddress[] {replyTo.get()});
    }
    message.setRecipient(Message.RecipientType.TO, to);
    message.setSentDate(Date.from(clock.instant()));
    message.setSubject(letter.subject().replaceAll("[\\p{Cntrl}\u2028\u2029]+", " "), "UTF-8");
    message.setText(letter.text(), "UTF-8");
    message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office replies
    message.saveChanges();
    return message;
  }

  /** To the first address of the host that lets itself be reached. */
  private Socket connect() throws IOException {
    IOException trouble = new UnknownHostException();
    for (InetAddress found : InetAddress.getAllByName(settings.host())) {
      // Named as in the settings, because Angus asks the address for the name to check in TLS.
      InetAddress address = InetAddress.getByAddress(settings.host(), found.getAddress());
      var socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, settings.port()), millis(limits.connect()));
        socket.setTcpNoDelay(true); // SMTP is a dialogue of short lines
        socket.setSoTimeout(millis(limits.total()));
        return socket;
      } catch (IOException e) {
        socket.close();
        trouble = e;
      }
    }
    throw trouble;
  }

  private Socket protect(Socket socket) throws IOException {
    if (settings.security() != Security.TLS) {
      return socket;
    }
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory().createSocket(socket, settings.host(), settings.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private URLName server() {
    return new URLName(
        "smtp",
        settings.host(),
        settings.port(),
        null,
        settings.login().map(SmtpSettings.Login::user).orElse(null),
        settings.login().map(SmtpSettings.Login::password).orElse(null));
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("mail.smtp.localhost", settings.localName().orElseGet(() -> domain(from)));
    properties.put("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
    boolean startTls = settings.security() == Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(startTls));
    properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    // Once the server has taken the letter, nothing it says or fails to say to QUIT matters.
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }

  private static String domain(InternetAddress address) {
    return address.getAddress().substring(address.getAddress().lastIndexOf('@') + 1);
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
