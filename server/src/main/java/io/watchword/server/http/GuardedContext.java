package io.watchword.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A connection's surroundings, but every byte that comes in is told to {@link Traffic}. */
final class GuardedContext implements ConnectionContext {

  /** What a token may hold besides letters and digits; and the line end before a request line. */
  private static final String MARKS = "!#$%&'*+-.^_`|~\r\n";

  private final ConnectionContext context;
  private final Traffic.Connection watched;
  private final Optional<SocketChannel> channel;
  private final DataReader reader;
  private boolean inMethod = true;

  /**
   * @param channel below the connection, if it is known
   */
  GuardedContext(
      ConnectionContext context, Traffic.Connection watched, Optional<SocketChannel> channel) {
    this.context = context;
    this.channel = channel;
    this.watched = watched;
    this.reader = DataReader.create(this::bytes);
    // Closing the socket ends reads and writes alike and leaves no mark on the thread, which may
    // have a unit of the store in its hands.
    watched.use(reader::available, this::close);
  }

  @SuppressWarnings("NullAway") // the reader takes null for the end of the stream
  private byte[] bytes() {
    inMethod |= watched.isIdle();
    watched.waitForBytes();
    byte[] bytes;
    try {
      bytes = context.serverSocket().get();
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("the client's connection broke", e);
    } catch (DataReader.InsufficientDataAvailableException e) {
      bytes = null; // so the TLS socket tells that the client has gone
    }
    watched.bytes(bytes == null ? 0 : bytes.length);
    if (inMethod && bytes != null) {
      checkMethod(bytes);
    }
    return bytes;
  }

  /**
   * A request's first bytes up to the blank must be a token (RFC 9110, section 9.1). The web server
   * itself takes anything else for a fault of its own: it answers 500 and logs where it happened.
   */
  private void checkMethod(byte[] bytes) {
    for (byte b : bytes) {
      if (b == ' ') {
        inMethod = false;
        return;
      }
      boolean token =
          (b >= 'A' && b <= 'Z')
              || (b >= 'a' && b <= 'z')
              || (b >= '0' && b <= '9')
              || MARKS.indexOf(b) >= 0;
      if (!token) {
        throw RequestException.builder()
            .type(DirectHandler.EventType.BAD_REQUEST)
            .message("the method is no token")
            .build();
      }
    }
  }

  private void close() {
    try {
      if (channel.isPresent() && context.isSecure()) {
        channel.get().close();
      } else {
        context.serverSocket().close();
      }
    } catch (IOException | UncheckedIOException e) {
      // closed already
    }
  }

  @Override
  public ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return context.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return context.dataWriter();
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public Router router() {
    return context.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return context.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return context.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }
}
