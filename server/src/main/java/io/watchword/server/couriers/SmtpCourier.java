package io.watchword.server.couriers;

import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.SmtpSettings.Security;
import io.watchword.server.couriers.connection.Deadline;
import io.watchword.server.couriers.connection.Handover;
import io.watchword.server.couriers.connection.ProviderSocket;
import io.watchword.server.couriers.connection.TrustedCertificates;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Hands mail to one SMTP server, a connection a letter. Text goes as UTF-8; nothing in a letter can
 * add a header or a recipient.
 */
public final class SmtpCourier implements Courier {

  /**
   * The library's protocol trace shows logins and texts, so it stays off at whatever level the log
   * stands. The library names it by the package of the transport's class, which here is ours; this
   * program logs by another way. Held, or the loggers would be forgotten with their level.
   */
  private static final List<Logger> PROTOCOL_TRACES =
      List.of(
          Logger.getLogger("org.eclipse.angus.mail"),
          Logger.getLogger(HandingTransport.class.getPackageName()));

  static {
    PROTOCOL_TRACES.forEach(trace -> trace.setLevel(Level.OFF));
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
      return new Failed(Fault.LETTER, "not a mail address");
    }
    var handover = new Handover();
    try {
      return Deadline.within(limits.total(), () -> send(letter, to.get(), handover));
    } catch (TimeoutException e) {
      return ended(handover, "no answer within " + limits.total().toMillis() + " ms");
    } catch (ExecutionException e) {
      SmtpTrouble trouble = SmtpTrouble.of(e.getCause());
      return trouble.answered()
          ? new Failed(trouble.fault(), trouble.reason())
          : ended(handover, trouble.reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended(handover, "interrupted");
    }
  }

  private Outcome ended(Handover handover, String reason) {
    return handover.giveUp() ? new Failed(reason) : new Unsure(settings.name(), reason);
  }

  private Outcome send(Letter letter, InternetAddress to, Handover handover)
      throws MessagingException, IOException {
    MimeMessage message = message(letter, to);
    try (Socket socket = connect();
        var transport = new HandingTransport(session, server(), handover)) {
      transport.connect(protect(socket));
      transport.sendMessage(message, message.getAllRecipients());
    }
    return new Taken(settings.name(), message.getMessageID());
  }

  /** Marks the moment before the line with the dot, after which the server has the whole mail. */
  private static final class HandingTransport extends SMTPTransport {

    private final Handover handover;

    HandingTransport(Session session, URLName server, Handover handover) {
      super(session, server);
      this.handover = handover;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
      try {
        handover.make();
      } catch (Handover.GivenUp e) {
        throw new IOException(e.getMessage(), e);
      }
      super.finishData();
    }
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

  private Socket connect() throws IOException {
    // Longer than the limit of the whole, which tells better what happened.
    Duration read = limits.total().plusSeconds(1);
    return ProviderSocket.open(settings.host(), settings.port(), limits.connect(), read);
  }

  private Socket protect(Socket socket) throws IOException {
    return settings.security() == Security.TLS
        ? ProviderSocket.protect(socket, tls, settings.host(), settings.port())
        : socket;
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
}
