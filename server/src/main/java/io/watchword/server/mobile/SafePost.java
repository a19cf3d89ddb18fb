package io.watchword.server.mobile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.watchword.server.couriers.connection.Deadline;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts to an address that somebody else has named, without becoming their way into networks that
 * only this server reaches: the host is resolved once, every address that it has must be a public
 * one, the connection goes to exactly that address, and no redirect is followed.
 */
final class SafePost {

  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int LONGEST_LINE = 1_024;
  private static final int AT_ONCE = 64;

  private final Duration connect;
  private final Duration total;
  private final boolean privateToo;
  private final Semaphore room = new Semaphore(AT_ONCE);

  /**
   * @param total for everything after the connection, whatever the other side does
   * @param privateToo whether private networks and plain HTTP are allowed
   */
  SafePost(Duration connect, Duration total, boolean privateToo) {
    this.connect = connect;
    this.total = total;
    this.privateToo = privateToo;
  }

  /**
   * Posts a body.
   *
   * @return the status of the answer
   * @throws IOException if there is no answer, or the address may not be called
   */
  int post(URI uri, Map<String, String> headers, byte[] body) throws IOException {
    if (!room.tryAcquire()) {
      throw new IOException("too many calls under way");
    }
    try {
      return Deadline.within(connect.plus(total), () -> called(uri, headers, body), room::release);
    } catch (TimeoutException e) {
      throw new IOException("no answer in time", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private int called(URI uri, Map<String, String> headers, byte[] body) throws IOException {
    boolean tls = "https".equals(uri.getScheme());
    String host = uri.getHost();
    if (host == null || !(tls || (privateToo && "http".equals(uri.getScheme())))) {
      throw new IOException("not an https address");
    }
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? HTTPS : HTTP;
    InetAddress address = address(host);
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, port), (int) connect.toMillis());
      plain.setSoTimeout((int) total.toMillis());
      if (!tls) {
        return exchange(plain, uri, host, headers, body);
      }
      var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
      try (var secured = (SSLSocket) factory.createSocket(plain, host, port, true)) {
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        return exchange(secured, uri, host, headers, body);
      }
    }
  }

  private InetAddress address(String host) throws IOException {
    InetAddress[] all = InetAddress.getAllByName(host);
    for (InetAddress each : all) {
      if (!privateToo && !isPublic(each)) {
        throw new IOException("not a public address");
      }
    }
    return all[0];
  }

  /** Neither of this machine, nor of a network of its own, nor of a provider's inside. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (bytes.length == 4) {
      boolean shared = first == 100 && second >= 64 && second < 128; // RFC 6598
      boolean special = first == 192 && second == 0 && bytes[2] == 0; // RFC 6890
      boolean tests = first == 198 && (second == 18 || second == 19); // RFC 2544
      return first != 0 && first < 224 && !shared && !special && !tests;
    }
    boolean unique = (first & 0xfe) == 0xfc; // RFC 4193
    boolean translated = first == 0 && second == 0x64; // RFC 6052
    boolean tunnelled = first == 0x20 && second == 0x02; // RFC 3056
    boolean teredo = first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0; // RFC 4380
    boolean mapped = first == 0 && second == 0;
    return !unique && !translated && !tunnelled && !teredo && !mapped;
  }

  private int exchange(
      Socket socket, URI uri, String host, Map<String, String> headers, byte[] body)
      throws IOException {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Host", uri.getPort() > 0 ? host + ":" + uri.getPort() : host);
    all.put("Content-Length", Integer.toString(body.length));
    all.put("Connection", "close");
    var head = new StringBuilder("POST ").append(target).append(" HTTP/1.1\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    OutputStream out = socket.getOutputStream();
    out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
    return status(new BufferedInputStream(socket.getInputStream()));
  }

  /** The status line is all that is read. */
  private int status(InputStream in) throws IOException {
    long end = System.nanoTime() + total.toNanos();
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.write(c);
      if (line.size() > LONGEST_LINE || System.nanoTime() > end) {
        throw new IOException("no status line");
      }
    }
    String text = line.toString(US_ASCII);
    if (!text.matches("HTTP/1\\.[01] [1-5][0-9]{2}.*\\s*")) {
      throw new IOException("no status line");
    }
    return Integer.parseInt(text.substring(9, 12));
  }
}
