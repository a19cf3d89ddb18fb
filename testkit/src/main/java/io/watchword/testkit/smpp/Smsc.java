package io.watchword.testkit.smpp;

import io.watchword.testkit.smtp.ServerIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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

/**
 * An SMSC on 127.0.0.1 that lets user {@value #USER} with password {@value #PASSWORD} bind and
 * keeps every message. It takes them all until it is told otherwise.
 */
public final class Smsc implements AutoCloseable {

  public static final String USER = "watch";
  public static final String PASSWORD = "pass-123";

  /** What it does with a message. */
  public sealed interface Behaviour permits Take, Refuse, TakeOneThenRefuse, Hang, Cut {}

  /** Takes it and answers. */
  public record Take() implements Behaviour {}

  /**
   * Answers with an error and does not keep it.
   *
   * @param status as in SMPP 3.4, 5.1.3; 0x58 throttles
   */
  public record Refuse(int status) implements Behaviour {}

  /**
   * Takes the next message and refuses those after it.
   *
   * @param status as in SMPP 3.4, 5.1.3
   */
  public record TakeOneThenRefuse(int status) implements Behaviour {}

  /**
   * Does not answer until it is closed.
   *
   * @param keep whether it keeps the message all the same
   */
  public record Hang(boolean keep) implements Behaviour {}

  /**
   * Ends the connection instead of an answer.
   *
   * @param keep whether it keeps the message all the same
   */
  public record Cut(boolean keep) implements Behaviour {}

  private final PortZero listener;
  private final SMPPServerSessionListener server;
  private final Optional<ServerIdentity> identity;
  private final Set<SMPPServerSession> sessions = ConcurrentHashMap.newKeySet();
  private final List<ShortMessage> messages = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger binds = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Behaviour behaviour = new Take();
  private volatile int bindStatus;

  private Smsc(PortZero listener, Optional<ServerIdentity> identity) throws IOException {
    this.listener = listener;
    this.identity = identity;
    this.server = new SMPPServerSessionListener(0, listener);
    server.setPduProcessorDegree(8);
    server.setMessageReceiverListener(new Reception(this::submitted));
    Thread.ofVirtual().start(this::accept);
  }

  /** Starts an SMSC at a free port. */
  public static Smsc start() {
    return start(0);
  }

  /** Starts an SMSC at a port, for example one where another has just stopped. */
  public static Smsc start(int port) {
    try {
      return new Smsc(PortZero.at(port), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts an SMSC that speaks TLS from the first octet. */
  public static Smsc startWithTls() {
    try {
      var identity = ServerIdentity.generate();
      var socket =
          identity
              .context()
              .getServerSocketFactory()
              .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      return new Smsc(new PortZero(socket), Optional.of(identity));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.port();
  }

  /** The certificate to trust, in PEM; only with TLS. */
  public String certificate() {
    return identity.orElseThrow().certificatePem();
  }

  /** What it does with messages from now on. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** Answers binds with this status from now on; 0 lets them in. */
  public void refuseBinds(int status) {
    bindStatus = status;
  }

  /** All messages that it kept, oldest first; each part of a long one by itself. */
  public List<ShortMessage> messages() {
    return List.copyOf(messages);
  }

  /** The texts, with the parts of long ones joined, in the order of their first parts. */
  public List<String> texts() {
    return ShortMessage.joined(messages());
  }

  /** How often somebody was let in. */
  public int binds() {
    return binds.get();
  }

  /** How many are bound now. */
  public long bound() {
    return sessions.stream().filter(each -> each.getSessionState().isBound()).count();
  }

  /**
   * Reports to everybody who is bound what became of a message.
   *
   * @param text of the receipt; empty for one that has only the parameter
   * @param state of the parameter {@code message_state}, or empty for none
   */
  public void report(String text, Optional<Integer> state) {
    OptionalParameter[] parameters =
        state
            .map(each ->
                new OptionalParameter[] {new OptionalParameter.Message_state(each.byteValue())})
            .orElse(new OptionalParameter[0]);
    for (SMPPServerSession session : sessions) {
      deliver(session, (byte) 0x04, text, parameters);
    }
  }

  /** Sends a text as from a phone to everybody who is bound. */
  public void deliver(String text) {
    sessions.forEach(session -> deliver(session, (byte) 0, text));
  }

  private static void deliver(
      SMPPServerSession session, byte esmClass, String text, OptionalParameter... parameters) {
    try {
      session.deliverShortMessage(
          "",
          TypeOfNumber.INTERNATIONAL,
          NumberingPlanIndicator.ISDN,
          "918763740607",
          TypeOfNumber.UNKNOWN,
          NumberingPlanIndicator.UNKNOWN,
          "12345",
          new ESMClass(esmClass),
          (byte) 0,
          (byte) 0,
          new RegisteredDelivery(0),
          DataCodings.ZERO,
          text.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
          parameters);
    } catch (PDUException
        | ResponseTimeoutException
        | InvalidResponseException
        | NegativeResponseException
        | IOException e) {
      throw new IllegalStateException("the client did not take it", e);
    }
  }

  /** Ends every connection, as a network does that fails. */
  public void cutAll() {
    sessions.forEach(SMPPServerSession::close);
  }

  /** Stops listening and ends every connection, as a machine does that goes down. */
  public void goDown() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAll();
  }

  @Override
  public void close() {
    closed.countDown();
    goDown();
  }

  private void accept() {
    while (true) {
      try {
        SMPPServerSession session = server.accept();
        session.setTransactionTimer(2_000);
        session.setEnquireLinkTimer(60_000);
        Thread.ofVirtual().start(() -> bind(session));
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
      BindRequest request = session.waitForBind(5_000);
      if (bindStatus != 0) {
        request.reject(bindStatus);
      } else if (!USER.equals(request.getSystemId()) || !PASSWORD.equals(request.getPassword())) {
        request.reject(SMPPConstant.STAT_ESME_RBINDFAIL);
      } else {
        sessions.add(session);
        binds.incrementAndGet();
        request.accept("smsc");
      }
    } catch (IOException | TimeoutException | PDUException e) {
      session.close();
    }
  }

  private SubmitSmResult submitted(SubmitSm message, SMPPServerSession session)
      throws ProcessRequestException {
    Behaviour now = behaviour;
    switch (now) {
      case Take _ -> messages.add(ShortMessage.of(message));
      case Refuse refuse -> throw new ProcessRequestException("refused", refuse.status());
      case TakeOneThenRefuse once -> {
        messages.add(ShortMessage.of(message));
        behaviour = new Refuse(once.status());
      }
      case Hang hang -> {
        keep(message, hang.keep());
        await();
      }
      case Cut cut -> {
        keep(message, cut.keep());
        session.close();
      }
    }
    try {
      return new SubmitSmResult(
          new MessageId(Integer.toString(ids.incrementAndGet())), new OptionalParameter[0]);
    } catch (PDUException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keep(SubmitSm message, boolean keep) {
    if (keep) {
      messages.add(ShortMessage.of(message));
    }
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
