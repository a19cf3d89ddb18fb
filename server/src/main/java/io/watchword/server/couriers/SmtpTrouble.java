package io.watchword.server.couriers;

import io.watchword.core.delivery.Courier.Fault;
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
 *
 * @param answered whether the server has refused the letter itself, which it then did not take
 * @param fault whose
 * @param reason in a few words
 */
record SmtpTrouble(boolean answered, Fault fault, String reason) {

  static SmtpTrouble of(@Nullable Throwable thrown) {
    String found = "failed";
    int code = 0;
    boolean recipient = false;
    for (Throwable each = thrown; each != null; each = next(each)) {
      found = words(each, found);
      code = Math.max(code, code(each));
      recipient |= each instanceof SMTPAddressFailedException;
    }
    // 5xx to the data is about this mail; to anything else but a recipient, about all of them.
    boolean ofLetter = recipient || (code >= 500 && found.startsWith("refused with"));
    return new SmtpTrouble(code > 0, ofLetter ? Fault.LETTER : Fault.PROVIDER, found);
  }

  private static int code(Throwable each) {
    return switch (each) {
      case SMTPAddressFailedException e -> e.getReturnCode();
      case SMTPSenderFailedException e -> e.getReturnCode();
      case SMTPSendFailedException e -> e.getReturnCode();
      default -> 0;
    };
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
