package io.watchword.server.cli;

import io.watchword.server.demo.DemoAuthority;
import io.watchword.server.demo.LanAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code demo --tls} adds: the settings, the certificates, and what the user is told.
 *
 * @param folder of the certificates
 * @param port 0: any, so that the address is not known before the server listens
 * @param listening the address to listen on
 * @param own addresses of this machine in private networks, the most useful first
 */
record DemoTls(Path folder, int port, InetAddress listening, List<InetAddress> own) {

  /**
   * @param host to listen on; {@code null}: the loopback
   * @throws IllegalArgumentException if there is no such address
   */
  static DemoTls of(@Nullable String host, int port, Path data) {
    try {
      InetAddress listening =
          host == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
      return new DemoTls(data.resolve("tls"), port, listening, LanAddresses.find());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("--host: no such address: " + host, e);
    }
  }

  /** With which the server speaks TLS, and under its most useful address. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("server.tls.certificate", folder.resolve("server.pem").toString());
    settings.put("server.tls.key", folder.resolve("server.key").toString());
    if (port != 0) {
      settings.put("server.public-url", addresses().getFirst());
    }
    return settings;
  }

  /** Makes the certificates. */
  DemoAuthority.Issued issue() {
    List<InetAddress> named = new ArrayList<>(own);
    if (!listening.isAnyLocalAddress() && !listening.isLoopbackAddress()) {
      named.add(listening);
    }
    return new DemoAuthority(folder, Clock.systemUTC(), new SecureRandom())
        .issue(named.stream().distinct().toList());
  }

  /** Base addresses under which the demo is reached, the best first. */
  private List<String> addresses() {
    Stream<String> names;
    if (listening.isAnyLocalAddress()) {
      names = Stream.concat(own.stream().map(DemoTls::inUrl), Stream.of("localhost", "127.0.0.1"));
    } else if (listening.isLoopbackAddress()) {
      names = Stream.of("localhost", inUrl(listening));
    } else {
      names = Stream.of(inUrl(listening));
    }
    return names.map(name -> "https://" + name + ":" + port).toList();
  }

  private static String inUrl(InetAddress address) {
    String text = DemoAuthority.text(address);
    return text.contains(":") ? "[" + text + "]" : text;
  }

  /**
   * How to go on.
   *
   * @param url the server's address
   */
  String told(DemoAuthority.Issued issued, String url) {
    String others =
        addresses().stream().filter(it -> !it.equals(url)).collect(Collectors.joining(", "));
    return """

    The port speaks HTTPS only. Browsers will not trust it before they trust the demo's own authority:
      certificate  %s
      SHA-256      %s
      It can vouch for localhost and private addresses only. Remove it everywhere when you are done.
    Browsers must use %s, whichever device they are on; programs may use %s.
    %s\
    """
        .formatted(
            issued.authority(),
            issued.fingerprint(),
            url,
            others.isEmpty() || port == 0 ? "no other" : others + ", too",
            listening.isLoopbackAddress() ? forThisMachine() : forPhones(url))
        .stripTrailing();
  }

  private static String forThisMachine() {
    return "Only this machine reaches it. For phones on your network: --host 0.0.0.0\n";
  }

  private static String forPhones(String url) {
    return """
    On a phone in the same network:
      1. Get the certificate: open %s/demo/ca.crt and go past the warning this once, or send the file
         to the phone by cable or mail. No page without TLS can hand it out: the port has none.
      2. Install it, and compare the SHA-256.
         Android: Settings, search "CA certificate", install from the file.
         iPhone: Settings, Profile Downloaded, Install; then General, About, Certificate Trust Settings.
      3. Open %s/demo/phone on the phone and %s/demo/portal here, and scan.
    """
        .formatted(url, url, url);
  }
}
