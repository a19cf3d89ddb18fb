package io.watchword.server.couriers.smpp;

import io.watchword.server.couriers.connection.ProviderSocket;
import io.watchword.server.couriers.connection.TrustedCertificates;
import io.watchword.server.couriers.smpp.SmppSettings.Bind;
import io.watchword.server.couriers.smpp.SmppSettings.Security;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to an SMSC that is kept up: bound at the start, and again whenever it breaks,
 * after pauses that double from a quarter of a second up to half a minute. jsmpp serves each with
 * up to four threads of its own, which end with it.
 */
final class SmppLink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SmppLink.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A connection that lived as long as this was a good one: its loss is met without a pause. */
  private static final Duration PROVEN = Duration.ofSeconds(10);

  private static final int THREADS_FOR_ANSWERS = 2;

  /** For an SMSC that does not answer to the farewell. */
  private static final int FAREWELL_MILLIS = 1_000;

  private final SmppSettings settings;
  private final Duration connect;
  private final Duration total;
  private final Receipts receipts;
  private final RandomGenerator random;
  private final SSLContext tls;
  private final Thread loop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<BoundSession> bound = Optional.empty();
  private boolean trying = true;
  private boolean closed;

  /**
   * Starts to connect in the background.
   *
   * @param connect until a connection stands, and again until it is bound
   * @param total for an answer to anything else
   * @param random spreads the pauses
   */
  SmppLink(
      SmppSettings settings,
      Duration connect,
      Duration total,
      Receipts receipts,
      RandomGenerator random) {
    this.settings = settings;
    this.connect = connect;
    this.total = total;
    this.receipts = receipts;
    this.random = random;
    this.tls = TrustedCertificates.context(settings.trustedCertificates());
    this.loop = Thread.ofVirtual().name("smpp-" + settings.name()).start(this::keepUp);
  }

  /** The bound session; while one is being made, waits for it a little. */
  Optional<BoundSession> session(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (bound.isEmpty() && trying && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return bound;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    Optional<BoundSession> last;
    lock.lock();
    try {
      closed = true;
      last = bound;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    last.ifPresent(session -> session.end(FAREWELL_MILLIS));
    loop.interrupt();
    try {
      loop.join(Duration.ofMillis(2L * FAREWELL_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepUp() {
    int failures = 0;
    while (!isClosed()) {
      try {
        note(Optional.empty(), true);
        BoundSession session = bind();
        long since = System.nanoTime();
        note(Optional.of(session), false);
        LOG.info("courier {} is bound", settings.name());
        session.awaitEnd();
        failures = System.nanoTime() - since > PROVEN.toNanos() ? 0 : failures + 1;
        if (!isClosed()) {
          LOG.warn("courier {} lost its connection", settings.name());
        }
      } catch (IOException e) {
        failures++;
        LOG.warn("courier {} is not bound: {}", settings.name(), SmppTrouble.ofBind(e));
      } catch (InterruptedException e) {
        break;
      } catch (RuntimeException e) {
        failures++;
        LOG.error("courier {} is not bound: {}", settings.name(), e.getClass().getName());
      }
      note(Optional.empty(), false);
      if (failures > 0 && !rest(failures)) {
        break;
      }
    }
    note(Optional.empty(), false);
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void note(Optional<BoundSession> session, boolean tries) {
    lock.lock();
    try {
      if (closed && session.isPresent()) {
        session.get().end(FAREWELL_MILLIS);
      }
      bound = closed ? Optional.empty() : session;
      trying = tries;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** False if it was cut short. */
  private boolean rest(int failures) {
    long pause =
        Math.min(FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10), LONGEST_PAUSE.toMillis());
    try {
      Thread.sleep((long) (pause * (0.8 + 0.4 * random.nextDouble())));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private BoundSession bind() throws IOException {
    var session = new SMPPSession((host, port) -> connection());
    session.setEnquireLinkTimer(Math.toIntExact(settings.enquireLink().toMillis()));
    session.setTransactionTimer(total.toMillis());
    session.setPduProcessorDegree(THREADS_FOR_ANSWERS);
    session.setMessageReceiverListener(receipts);
    var bound = new BoundSession(session, settings.window());
    boolean done = false;
    try {
      session.connectAndBind(
          settings.host(),
          settings.port(),
          new BindParameter(
              settings.bind() == Bind.TRANSCEIVER ? BindType.BIND_TRX : BindType.BIND_TX,
              settings.login().user(),
              settings.login().password(),
              settings.systemType(),
              TypeOfNumber.UNKNOWN,
              NumberingPlanIndicator.UNKNOWN,
              null),
          connect.toMillis());
      done = true;
      return bound;
    } finally {
      if (!done) {
        session.close();
      }
    }
  }

  private Connection connection() throws IOException {
    Socket socket = ProviderSocket.open(settings.host(), settings.port(), connect, total);
    boolean done = false;
    try {
      var connection =
          new SocketConnection(
              settings.security() == Security.TLS
                  ? ProviderSocket.protect(socket, tls, settings.host(), settings.port())
                  : socket);
      done = true;
      return connection;
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }
}
