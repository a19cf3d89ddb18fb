package io.watchword.server.couriers;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Says in a few words why a letter was not taken. The words of the server itself are not repeated:
 * they tend to hold the address.
 */
final class SmtpTrouble {

  private SmtpTrouble() {}

  static String of(@Nullable Throwable thrown) {
    String found = "failed";
    for (Throwable each = thrown; each != null; each = next(each)) {
      found = words(each, found);
    }
    return found;
  }

  /** Angus hangs what went wrong below on its own chain, which is older than causes. */
  private static @Nullable Throwable next(Throwable each) {
    if (each instanceof MessagingException messaging && messaging.getNextException() != null) {
      return messaging.getNextException();
    }
    return each.getCause();
  }

  private static String words(Throwable each, String otherwise) {
    return switch (each) {
      case AuthenticationFailedException e -> "login refused";
      case SMTPAddressFailedException e -> "recipient refused with " + e.getReturnCode();
      case SMTPSenderFailedException e -> "sender refused with " + e.getReturnCode();
      case SMTPSendFailedException e -> "refused with " + e.getReturnCode();
      case MessagingException e when saysStartTls(e) -> "STARTTLS is not to be had";
      case SSLException e -> "TLS failed";
      case UnknownHostException e -> "host unknown";
      case ConnectException e -> "no connection";
      case SocketTimeoutException e -> "timed out";
      default -> otherwise.equals("failed") ? each.getClass().getSimpleName() : otherwise;
    };
  }

  private static boolean saysStartTls(MessagingException e) {
    String message = e.getMessage();
    return message != null && message.contains("STARTTLS");
  }
}
