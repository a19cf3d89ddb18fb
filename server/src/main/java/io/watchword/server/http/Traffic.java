package io.watchword.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Watches every connection and ends those that take what belongs to others: heads, bodies and
 * answers that dawdle, connections that wait for ever, bodies that fill the memory.
 *
 * <p>The web server's own reads and writes have no time limit on virtual threads, so a single clock
 * looks at all connections four times a second. When most connections are in use, those that do
 * nothing are ended sooner.
 */
final class Traffic implements AutoCloseable {

  /** What the frames of a chunked body may add to it. */
  private static final long FRAMING = 64 * 1024;

  private static final long PERIOD_MILLIS = 250;
  private static final Duration CROWDED = Duration.ofSeconds(1);

  private final ServerSettings.Limits limits;
  private final long largestBody;
  private final LongSupplier nanoTime;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong bodyMemory = new AtomicLong();
  private final Semaphore places;
  private final AtomicLong cutOff = new AtomicLong();
  private final Thread clock;
  private volatile boolean open = true;

  /**
   * @param largestBody of all doors: more than this is never kept of one request
   * @param nanoTime as {@link System#nanoTime}
   */
  Traffic(ServerSettings.Limits limits, long largestBody, LongSupplier nanoTime) {
    this.limits = limits;
    this.largestBody = largestBody;
    this.nanoTime = nanoTime;
    this.places = new Semaphore(limits.requests());
    this.clock = Thread.ofPlatform().daemon().name("http-clock").start(this::watch);
  }

  /** What a connection is doing. */
  private enum Phase {
    /** A request line and headers are coming. */
    HEAD,
    /** A body is coming, or the request is worked on, or the client takes the answer. */
    REQUEST,
    /** Nothing since the last answer. */
    IDLE
  }

  /** More bytes than are kept of one request, or of all together. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean memory;

    TooMuch(boolean memory) {
      super(memory ? "bodies fill the memory" : "body too large", null, false, false);
      this.memory = memory;
    }

    boolean memory() {
      return memory;
    }
  }

  Connection connected() {
    var connection = new Connection();
    connections.add(connection);
    return connection;
  }

  int connections() {
    return connections.size();
  }

  int working() {
    return limits.requests() - places.availablePermits();
  }

  long bodyBytes() {
    return bodyMemory.get();
  }

  long cutOff() {
    return cutOff.get();
  }

  /** Tells each connection when its request's head is complete. */
  Http1ConnectionListener listener() {
    return new Http1ConnectionListener() {
      @Override
      public void prologue(ConnectionContext context, HttpPrologue prologue) {
        Connection.current().ifPresent(Connection::headGoesOn);
      }

      @Override
      public void headers(ConnectionContext context, Headers headers) {
        boolean chunked = headers.contains(HeaderNames.TRANSFER_ENCODING);
        Connection.current().ifPresent(connection -> connection.headComplete(chunked));
      }
    };
  }

  @Override
  public void close() {
    open = false;
    clock.interrupt();
  }

  private void watch() {
    while (open) {
      try {
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      long now = nanoTime.getAsLong();
      boolean crowded = connections.size() > limits.connections() * 3L / 4;
      for (Connection connection : connections) {
        if (connection.overdue(now, crowded)) {
          cutOff.incrementAndGet();
          connection.cut();
        }
      }
    }
  }

  /** A connection of a client. Its own thread changes it; the clock looks and cuts. */
  final class Connection {

    private static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

    private volatile Phase phase = Phase.HEAD;
    private volatile long since = nanoTime.getAsLong();
    private volatile boolean reading;
    private volatile Runnable cut = () -> {};
    private IntSupplier ahead = () -> 0;
    private long received;
    private long reserved;
    private boolean chunked;
    private boolean place;
    private boolean spoiled;

    private Connection() {}

    /** The connection that this thread serves. */
    static Optional<Connection> current() {
      return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /**
     * @param bytesAhead how many bytes have been read and not been used yet
     * @param action ends the connection
     */
    void use(IntSupplier bytesAhead, Runnable action) {
      ahead = bytesAhead;
      cut = action;
    }

    void serve(ThrowingAction action) throws InterruptedException {
      try {
        ScopedValue.where(CURRENT, this)
            .call(() -> {
              action.run();
              return true;
            });
      } finally {
        answered();
        connections.remove(this);
      }
    }

    /** Whether the next bytes begin a request. */
    boolean isIdle() {
      return phase == Phase.IDLE;
    }

    /** Before a read that may block. */
    void waitForBytes() {
      reading = true;
    }

    /**
     * After a read.
     *
     * <p>A chunk is in memory as a whole before the door sees any of it, so a body in chunks is
     * ended here; one of known length passes through the door's hands bit by bit.
     *
     * @throws TooMuch if these bytes are more than may be kept
     */
    void bytes(int count) {
      reading = false;
      if (phase == Phase.IDLE) {
        enter(Phase.HEAD);
      } else if (phase == Phase.REQUEST) {
        keep(Math.min(count, largestBody - reserved));
        received += count;
        if (chunked && received > largestBody + FRAMING) {
          throw new TooMuch(false);
        }
      }
    }

    private void keep(long bytes) {
      if (bytes <= 0) {
        return;
      }
      if (bodyMemory.addAndGet(bytes) > limits.bodyMemory().bytes()) {
        bodyMemory.addAndGet(-bytes);
        throw new TooMuch(true);
      }
      reserved += bytes;
    }

    private void headGoesOn() {
      if (phase == Phase.IDLE) { // it was in memory already, sent ahead of the last answer
        enter(Phase.HEAD);
      }
    }

    private void headComplete(boolean inChunks) {
      chunked = inChunks;
      // Bytes of the body that came together with the head count too. They are here already, so
      // they are not refused; the next ones are, if these were too many.
      received = ahead.getAsInt();
      reserved = Math.min(received, largestBody);
      bodyMemory.addAndGet(reserved);
      enter(Phase.REQUEST);
    }

    /** Waits a little for a place among those that are worked on. */
    void takePlace() {
      if (place) {
        return;
      }
      try {
        if (!places.tryAcquire(limits.turnTime().toMillis(), TimeUnit.MILLISECONDS)) {
          throw new Overloaded("too many requests at the same time");
        }
        place = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Overloaded("the server stops");
      }
    }

    /** No further request can be read from this connection. */
    void spoil() {
      spoiled = true;
    }

    boolean spoiled() {
      return spoiled;
    }

    /** The answer was given; what this request held is free again. */
    void answered() {
      if (place) {
        place = false;
        places.release();
      }
      bodyMemory.addAndGet(-reserved);
      reserved = 0;
      received = 0;
      enter(Phase.IDLE);
    }

    private void enter(Phase next) {
      since = nanoTime.getAsLong();
      phase = next;
    }

    private boolean overdue(long now, boolean crowded) {
      Phase seen = phase;
      Duration limit =
          switch (seen) {
            case HEAD -> crowded ? least(CROWDED, limits.headTime()) : limits.headTime();
            case IDLE -> crowded ? least(CROWDED, limits.idle()) : limits.idle();
            case REQUEST ->
                reading ? limits.bodyTime() : limits.bodyTime().plus(limits.answerTime());
          };
      return now - since > limit.toNanos() && phase == seen;
    }

    private static Duration least(Duration a, Duration b) {
      return a.compareTo(b) < 0 ? a : b;
    }

    private void cut() {
      cut.run();
    }
  }

  /** What a connection's thread does. */
  interface ThrowingAction {
    void run() throws InterruptedException;
  }
}
