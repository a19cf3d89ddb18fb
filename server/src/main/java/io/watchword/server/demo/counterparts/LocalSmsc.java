package io.watchword.server.demo.counterparts;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.smpp.ShortMessageText;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

/** Takes texts by SMPP, joins the parts of long ones, and reports each as delivered. */
final class LocalSmsc implements AutoCloseable {

  static final String USER = "watchword";

  private static final int DELIVERED = 2;
  private static final byte RECEIPT = 0x04;
  private static final int WAITS_FOR_BIND_MILLIS = 5_000;

  private final LoopbackListener listener;
  private final SMPPServerSessionListener server;
  private final Courier outbox;
  private final String password = newPassword();
  private final Set<SMPPServerSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger ids = new AtomicInteger();
  private final PartsOfTexts parts = new PartsOfTexts();

  private LocalSmsc(LoopbackListener listener, Courier outbox) throws IOException {
    this.listener = listener;
    this.outbox = outbox;
    this.server = new SMPPServerSessionListener(0, listener);
    server.setMessageReceiverListener(new SubmissionsOnly(this::take));
  }

  static LocalSmsc start(Courier outbox) throws IOException {
    var smsc = new LocalSmsc(LoopbackListener.open(), outbox);
    Thread.ofVirtual().name("demo-smpp").start(smsc::accept);
    return smsc;
  }

  private static String newPassword() {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  int port() {
    return listener.port();
  }

  /** For the user {@value #USER}; another one at every start. */
  String password() {
    return password;
  }

  @Override
  public void close() throws IOException {
    server.close();
    sessions.forEach(SMPPServerSession::close);
  }

  private void accept() {
    while (true) {
      try {
        SMPPServerSession session = server.accept();
        Thread.ofVirtual().name("demo-smpp").start(() -> bind(session));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void bind(SMPPServerSession session) {
    session.addSessionStateListener((now, before, source) -> {
      if (now == SessionState.CLOSED) {
        sessions.remove(session);
      }
    });
    try {
      BindRequest request = session.waitForBind(WAITS_FOR_BIND_MILLIS);
      if (USER.equals(request.getSystemId()) && password.equals(request.getPassword())) {
        sessions.add(session);
        request.accept("demo");
      } else {
        request.reject(SMPPConstant.STAT_ESME_RBINDFAIL);
      }
    } catch (IOException | TimeoutException | PDUException e) {
      session.close();
    }
  }

  private SubmitSmResult take(SubmitSm message, SMPPServerSession session)
      throws ProcessRequestException {
    String to = (message.getDestAddrTon() == 1 ? "+" : "") + message.getDestAddress();
    byte[] octets = octets(message);
    if (message.isUdhi()) {
      if (octets.length < PartsOfTexts.HEADER) {
        throw new ProcessRequestException("no header", SMPPConstant.STAT_ESME_RINVMSGLEN);
      }
      parts
          .add(to, message.getDataCoding(), octets)
          .ifPresent(text -> outbox.carry(new Letter(Channel.PHONE, to, "", text)));
    } else {
      outbox.carry(
          new Letter(
              Channel.PHONE, to, "", ShortMessageText.decode(message.getDataCoding(), octets)));
    }
    String id = Integer.toString(ids.incrementAndGet());
    if (message.isSmscDelReceiptSuccessAndFailureRequested()) {
      Thread.ofVirtual().name("demo-smpp").start(() -> report(session, message, id));
    }
    try {
      return new SubmitSmResult(new MessageId(id), new OptionalParameter[0]);
    } catch (PDUException e) {
      throw new ProcessRequestException("no id", SMPPConstant.STAT_ESME_RSYSERR);
    }
  }

  private static byte[] octets(SubmitSm message) {
    OptionalParameter.Message_payload payload =
        message.getOptionalParameter(OptionalParameter.Message_payload.class);
    byte[] octets = payload == null ? message.getShortMessage() : payload.getValue();
    return octets == null ? new byte[0] : Arrays.copyOf(octets, octets.length);
  }

  private static void report(SMPPServerSession session, SubmitSm message, String id) {
    try {
      session.deliverShortMessage(
          "",
          TypeOfNumber.valueOf(message.getDestAddrTon()),
          NumberingPlanIndicator.valueOf(message.getDestAddrNpi()),
          message.getDestAddress(),
          TypeOfNumber.valueOf(message.getSourceAddrTon()),
          NumberingPlanIndicator.valueOf(message.getSourceAddrNpi()),
          message.getSourceAddr(),
          new ESMClass(RECEIPT),
          (byte) 0,
          (byte) 0,
          new RegisteredDelivery(0),
          DataCodings.ZERO,
          new byte[0],
          new OptionalParameter.Receipted_message_id(id),
          new OptionalParameter.Message_state((byte) DELIVERED));
    } catch (PDUException
        | ResponseTimeoutException
        | InvalidResponseException
        | NegativeResponseException
        | IOException e) {
      // A receipt that nobody takes is lost, as in life.
    }
  }
}
