package io.watchword.server.couriers.smpp;

import io.watchword.server.couriers.connection.Hosts;
import io.watchword.server.couriers.connection.ProviderName;
import io.watchword.server.couriers.connection.TrustedCertificates;
import io.watchword.server.settings.values.Default;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One provider under {@code couriers.smpp}: an SMSC that speaks SMPP 3.4.
 *
 * @param name how logs and metrics call it: lower-case letters, digits, hyphens
 * @param port 2775 by default
 * @param security {@link Security#TLS} by default
 * @param login who binds
 * @param bind {@link Bind#TRANSCEIVER} by default; a transmitter gets no receipts
 * @param systemType as the provider wants it; mostly empty
 * @param serviceType as the provider wants it; mostly empty
 * @param from the sender: up to 11 letters and digits, or a number; a plus makes it international
 * @param fromTon type of the sender's number where the provider wants another than its form tells
 * @param fromNpi numbering plan of the same
 * @param longTexts how a text travels that is too long for one message
 * @param receipts whether the provider is asked to report what became of each message
 * @param validity how long the provider may try to deliver; empty: as long as it likes
 * @param tlvs further parameters of each message: tag, as {@code 0x1400}, and text in ASCII
 * @param sessions connections, each bound by itself
 * @param window messages of one connection that wait for their answer at the same time
 * @param enquireLink after this long without a word the provider is asked whether it is there
 * @param trustedCertificates a PEM file with the only certificates to trust; empty for the
 *     authorities of the Java platform
 * @param allowClearText whether texts may leave unprotected to a host other than this one
 */
public record SmppSettings(
    String name,
    String host,
    @Default("2775") int port,
    @Default("tls") Security security,
    Login login,
    @Default("transceiver") Bind bind,
    @Default("") String systemType,
    @Default("") String serviceType,
    String from,
    Optional<Integer> fromTon,
    Optional<Integer> fromNpi,
    @Default("udh") LongTexts longTexts,
    @Default("true") boolean receipts,
    Optional<Duration> validity,
    Map<String, String> tlvs,
    @Default("1") int sessions,
    @Default("10") int window,
    @Default("30s") Duration enquireLink,
    Optional<Path> trustedCertificates,
    @Default("false") boolean allowClearText) {

  private static final Pattern ALPHANUMERIC = Pattern.compile("[A-Za-z0-9 ._&-]{1,11}");
  private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]{1,20}");
  private static final Pattern TAG = Pattern.compile("0x[0-9A-Fa-f]{4}");
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{0,254}");

  /** Tags that this program sets itself. */
  private static final List<Integer> OWN_TAGS = List.of(0x0424, 0x020c, 0x020e, 0x020f);

  /** How the connection is protected. */
  public enum Security {
    /** Not at all; for a line that is protected otherwise. */
    NONE,
    /** TLS from the first octet, with the server's name checked. */
    TLS
  }

  /** As what this program binds. */
  public enum Bind {
    TRANSMITTER,
    TRANSCEIVER
  }

  /** How a text travels that is too long for one message. */
  public enum LongTexts {
    /** In parts with a header each, which any phone joins. */
    UDH,
    /** In one piece as {@code message_payload}, which the provider divides. */
    PAYLOAD
  }

  /**
   * Who binds; {@code toString} shows neither.
   *
   * @param user the system id, at most 15 characters
   * @param password at most 8 characters
   */
  public record Login(String user, String password) {

    @Override
    public String toString() {
      return "Login[…]";
    }
  }

  public SmppSettings {
    tlvs = Map.copyOf(tlvs);
  }

  /** Everything that is wrong, each with its key; holds no secret. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    String key = "couriers.smpp." + name;
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
    text(problems, key + ".login.user", login.user(), 1, 15);
    text(problems, key + ".login.password", login.password(), 0, 8);
    text(problems, key + ".system-type", systemType, 0, 12);
    text(problems, key + ".service-type", serviceType, 0, 5);
    if (!ALPHANUMERIC.matcher(from).matches() && !DIGITS.matcher(from).matches()) {
      problems.add(key + ".from: neither a number nor up to 11 letters and digits");
    }
    octet(problems, key + ".from-ton", fromTon, 6);
    octet(problems, key + ".from-npi", fromNpi, 18);
    if (receipts && bind == Bind.TRANSMITTER) {
      problems.add(key + ".receipts: a transmitter gets none; bind as transceiver");
    }
    if (validity.isPresent() && (!validity.get().isPositive() || validity.get().toDays() > 30)) {
      problems.add(key + ".validity: up to 30 days");
    }
    tlvs.forEach((tag, value) -> tlv(problems, key + ".tlvs", tag, value));
    if (sessions < 1 || sessions > 20) {
      problems.add(key + ".sessions: 1 to 20");
    }
    if (window < 1 || window > 1_000) {
      problems.add(key + ".window: 1 to 1000");
    }
    if (enquireLink.toMillis() < 100 || enquireLink.toHours() > 1) {
      problems.add(key + ".enquire-link: 100ms to 1h");
    }
    trustedCertificates
        .flatMap(TrustedCertificates::problem)
        .ifPresent(why -> problems.add(key + ".trusted-certificates: " + why));
    return problems;
  }

  private static void text(List<String> problems, String key, String text, int least, int most) {
    if (text.length() < least
        || text.length() > most
        || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        || text.chars().anyMatch(Character::isISOControl)) {
      problems.add("%s: %d to %d characters of ASCII".formatted(key, least, most));
    }
  }

  private static void octet(List<String> problems, String key, Optional<Integer> value, int most) {
    if (value.isPresent() && (value.get() < 0 || value.get() > most)) {
      problems.add(key + ": 0 to " + most);
    }
  }

  private static void tlv(List<String> problems, String key, String tag, String value) {
    if (!TAG.matcher(tag).matches()) {
      problems.add(key + ": not a tag such as 0x1400: " + tag);
    } else if (OWN_TAGS.contains(Integer.decode(tag))) {
      problems.add(key + "." + tag + ": is set by the server itself");
    }
    if (!PRINTABLE.matcher(value).matches()) {
      problems.add(key + "." + tag + ": up to 254 printable characters of ASCII");
    }
  }

  @Override
  public String toString() {
    return "SmppSettings[" + name + "]";
  }
}
