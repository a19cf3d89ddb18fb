package io.watchword.server.couriers.smpp;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.util.InvalidDeliveryReceiptException;

/**
 * Counts what a provider reports of messages that it has taken (SMPP 3.4, appendix B and 5.3.2.35).
 * Receipts may quote the text, so nothing of them is kept or logged.
 */
public final class Receipts implements MessageReceiverListener {

  /** What became of a message. */
  public enum Outcome {
    DELIVERED,
    /** Still under way, or taken by somebody on the phone's behalf. */
    ACCEPTED,
    EXPIRED,
    DELETED,
    UNDELIVERABLE,
    REJECTED,
    /** The provider does not know, or says it in a way that nobody understands. */
    UNKNOWN
  }

  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
  private volatile BiConsumer<String, Outcome> listener = (id, outcome) -> {};

  Receipts() {
    for (Outcome each : Outcome.values()) {
      counts.put(each, new LongAdder());
    }
  }

  /** How many messages ended so, since the start. */
  public long count(Outcome outcome) {
    LongAdder count = counts.get(outcome);
    return count == null ? 0 : count.sum();
  }

  /**
   * @param other is told of each receipt from now on: the SMSC's id of the message, empty if there
   *     is none, and what became of it
   */
  public void tell(BiConsumer<String, Outcome> other) {
    listener = other;
  }

  private void note(Outcome outcome) {
    LongAdder count = counts.get(outcome);
    if (count != null) {
      count.increment();
    }
  }

  @Override
  public void onAcceptDeliverSm(DeliverSm message) {
    // A text from a phone is taken, so that it does not come again, and thrown away.
    if (MessageType.SMSC_DEL_RECEIPT.containedIn(message.getEsmClass())) {
      var state = message.getOptionalParameter(OptionalParameter.Message_state.class);
      Outcome outcome = state != null ? byNumber(state.getValue()) : byText(message);
      note(outcome);
      listener.accept(id(message), outcome);
    }
  }

  private static String id(DeliverSm message) {
    var given = message.getOptionalParameter(OptionalParameter.Receipted_message_id.class);
    if (given != null) {
      return given.getValueAsString();
    }
    try {
      String id = message.getShortMessageAsDeliveryReceipt().getId();
      return id == null ? "" : id;
    } catch (InvalidDeliveryReceiptException | RuntimeException e) {
      return "";
    }
  }

  @Override
  public DataSmResult onAcceptDataSm(DataSm message, Session source)
      throws ProcessRequestException {
    throw new ProcessRequestException("not served", SMPPConstant.STAT_ESME_RX_R_APPN);
  }

  @Override
  public void onAcceptAlertNotification(AlertNotification notification) {
    // Nobody waits for a phone to come back.
  }

  private static Outcome byNumber(int state) {
    return switch (state) {
      case 1, 6 -> Outcome.ACCEPTED;
      case 2 -> Outcome.DELIVERED;
      case 3 -> Outcome.EXPIRED;
      case 4 -> Outcome.DELETED;
      case 5 -> Outcome.UNDELIVERABLE;
      case 8 -> Outcome.REJECTED;
      default -> Outcome.UNKNOWN;
    };
  }

  private static Outcome byText(DeliverSm message) {
    try {
      var state = message.getShortMessageAsDeliveryReceipt().getFinalStatus();
      return state == null ? Outcome.UNKNOWN : byName(state.name());
    } catch (InvalidDeliveryReceiptException | RuntimeException e) {
      return Outcome.UNKNOWN;
    }
  }

  private static Outcome byName(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "DELIVRD" -> Outcome.DELIVERED;
      case "ACCEPTD", "ENROUTE" -> Outcome.ACCEPTED;
      case "EXPIRED" -> Outcome.EXPIRED;
      case "DELETED" -> Outcome.DELETED;
      case "UNDELIV" -> Outcome.UNDELIVERABLE;
      case "REJECTD" -> Outcome.REJECTED;
      default -> Outcome.UNKNOWN;
    };
  }
}
