package io.watchword.server.couriers;

import io.watchword.server.couriers.connection.Hosts;
import io.watchword.server.couriers.connection.ProviderName;
import io.watchword.server.couriers.connection.TrustedCertificates;
import io.watchword.server.settings.values.Default;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One provider under {@code couriers.mail}.
 *
 * @param name how logs and metrics call it: lower-case letters, digits, hyphens
 * @param port 587 by default, 465 with {@link Security#TLS}
 * @param security {@link Security#STARTTLS} by default
 * @param login user name and password, or empty for a server that asks for none
 * @param from the sender, a bare address or {@code Name <address>}
 * @param replyTo where answers go, or empty
 * @param localName how this server calls itself in EHLO (RFC 5321, 4.1.1.1); empty for the domain
 *     of the sender
 * @param trustedCertificates a PEM file with the only certificates to trust; empty for the
 *     authorities of the Java platform
 * @param allowClearText whether mail may leave unprotected to a host other than this one
 */
public record SmtpSettings(
    String name,
    String host,
    @Default("587") int port,
    @Default("starttls") Security security,
    Optional<Login> login,
    String from,
    Optional<String> replyTo,
    Optional<String> localName,
    Optional<Path> trustedCertificates,
    @Default("false") boolean allowClearText) {

  /** How the connection is protected. The server's name is always checked where there is TLS. */
  public enum Security {
    /** Not at all. */
    NONE,
    /** TLS after {@code STARTTLS}, without which nothing is sent (RFC 3207). */
    STARTTLS,
    /** TLS from the first byte (RFC 8314, 3.3). */
    TLS
  }

  /** A user name and a password, of which {@code toString} shows neither. */
  public record Login(String user, String password) {

    @Override
    public String toString() {
      return "Login[…]";
    }
  }

  /** Everything that is wrong, each with its key; holds no secret. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    String key = "couriers.mail." + name;
    if (!ProviderName.isName(name)) {
      problems.add(key + ".name: lower-case letters, digits and hyphens");
    }
    if (port < 1 || port > 65_535) {
      problems.add(key + ".port: not a port: " + port);
    }
    if (!Hosts.isName(host)) {
      problems.add(key + ".host: not a host name: " + host);
    }
    if (security == Security.NONE && !allowClearText && !Hosts.isLoopback(host)) {
      problems.add(
          key + ".security: none sends codes in clear; set allow-clear-text if that is meant");
    }
    if (security == Security.NONE && login.isPresent() && !Hosts.isLoopback(host)) {
      problems.add(key + ".login: the password would travel in clear");
    }
    if (MailAddress.sender(from).isEmpty()) {
      problems.add(key + ".from: not a mail address");
    }
    if (replyTo.isPresent() && MailAddress.sender(replyTo.get()).isEmpty()) {
      problems.add(key + ".reply-to: not a mail address");
    }
    if (localName.isPresent() && !Hosts.isName(localName.get())) {
      problems.add(key + ".local-name: not a host name");
    }
    trustedCertificates
        .flatMap(TrustedCertificates::problem)
        .ifPresent(why -> problems.add(key + ".trusted-certificates: " + why));
    return problems;
  }
}
