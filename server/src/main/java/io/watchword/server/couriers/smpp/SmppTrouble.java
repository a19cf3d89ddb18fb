package io.watchword.server.couriers.smpp;

import io.watchword.core.delivery.Courier.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jspecify.annotations.Nullable;

/** Says in a few words why an SMSC did not serve; never with its own words. */
final class SmppTrouble {

  private SmppTrouble() {}

  static String ofBind(IOException thrown) {
    String found = "connection lost";
    for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
      found =
          switch (each) {
            case NegativeResponseException e -> "refused with " + status(e.getCommandStatus());
            case ResponseTimeoutException e -> "no answer";
            case SSLException e -> "TLS failed";
            case UnknownHostException e -> "host unknown";
            case ConnectException e -> "no connection";
            case SocketTimeoutException e -> "timed out";
            default -> found;
          };
    }
    return found;
  }

  /** A command status as the specification writes it (SMPP 3.4, 5.1.3). */
  static String status(int status) {
    return "0x%08x".formatted(status);
  }

  /** Whose fault a refused message is. */
  static Fault fault(int status) {
    return switch (status) {
      case SMPPConstant.STAT_ESME_RINVMSGLEN,
          SMPPConstant.STAT_ESME_RINVDSTADR,
          SMPPConstant.STAT_ESME_RINVDSTTON,
          SMPPConstant.STAT_ESME_RINVDSTNPI,
          SMPPConstant.STAT_ESME_RINVDCS,
          SMPPConstant.STAT_ESME_RDELIVERYFAILURE ->
          Fault.LETTER;
      default -> Fault.PROVIDER;
    };
  }
}
