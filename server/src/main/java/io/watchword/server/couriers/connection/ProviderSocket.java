package io.watchword.server.couriers.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Opens TCP connections to providers, and protects them. */
public final class ProviderSocket {

  private ProviderSocket() {}

  /**
   * To the first address of the host that lets itself be reached.
   *
   * @param connect for each address
   * @param read the longest wait for an octet
   */
  public static Socket open(String host, int port, Duration connect, Duration read)
      throws IOException {
    IOException trouble = new UnknownHostException();
    for (InetAddress found : InetAddress.getAllByName(host)) {
      // Named as in the settings, because Angus asks the address for the name to check in TLS.
      InetAddress address = InetAddress.getByAddress(host, found.getAddress());
      var socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port), millis(connect));
        socket.setTcpNoDelay(true); // a dialogue of short messages
        socket.setSoTimeout(millis(read));
        return socket;
      } catch (IOException e) {
        socket.close();
        trouble = e;
      }
    }
    throw trouble;
  }

  /** TLS over a connection, with the server's name checked; the handshake is done. */
  public static Socket protect(Socket socket, SSLContext tls, String host, int port)
      throws IOException {
    SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
