package io.watchword.server.demo.counterparts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;

/** Listens on 127.0.0.1 at a free port, and tells which. */
final class LoopbackListener implements ServerConnectionFactory, ServerConnection {

  private final ServerSocket listener;

  LoopbackListener(ServerSocket listener) {
    this.listener = listener;
  }

  static LoopbackListener open() throws IOException {
    return new LoopbackListener(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public ServerConnection listen(int port) {
    return this;
  }

  @Override
  public ServerConnection listen(int port, int timeout) {
    return this;
  }

  @Override
  public ServerConnection listen(int port, int timeout, int backlog) {
    return this;
  }

  @Override
  public Connection accept() throws IOException {
    return new SocketConnection(listener.accept());
  }

  @Override
  public void setSoTimeout(int timeout) throws IOException {
    listener.setSoTimeout(timeout);
  }

  @Override
  public int getSoTimeout() throws IOException {
    return listener.getSoTimeout();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
