package io.watchword.server.couriers;

import io.watchword.core.delivery.TextTemplate;
import io.watchword.server.couriers.connection.Hosts;
import io.watchword.server.couriers.connection.ProviderName;
import io.watchword.server.couriers.connection.TrustedCertificates;
import io.watchword.server.settings.values.Default;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One provider under {@code couriers.sms}: any gateway that takes a text by one HTTP request.
 *
 * <p>In {@code url}, {@code headers} and {@code body} stand {@code $to}, {@code $digits} (the same
 * number without a plus) and {@code $text}; each value is encoded for its place: percent-encoded in
 * the address and in a form, escaped in JSON and XML. Quotation marks around a JSON string belong
 * to the template.
 *
 * @param name how logs and metrics call it: lower-case letters, digits, hyphens
 * @param method {@code POST} by default; {@code GET} has no body
 * @param url variables only in path and query
 * @param headers by name; may hold the gateway's key, so {@code toString} does not show them
 * @param format of the body; {@link Format#JSON} by default
 * @param body empty for none
 * @param answer when the gateway has taken the text
 * @param trustedCertificates a PEM file with the only certificates to trust; empty for the
 *     authorities of the Java platform
 * @param allowClearText whether texts may leave by plain HTTP to a host other than this one
 */
public record SmsGatewaySettings(
    String name,
    @Default("POST") String method,
    String url,
    Map<String, String> headers,
    @Default("json") Format format,
    @Default("") String body,
    SmsAnswer answer,
    Optional<Path> trustedCertificates,
    @Default("false") boolean allowClearText) {

  static final String TO = "to";
  static final String DIGITS = "digits";
  static final String TEXT = "text";

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");
  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

  /** What the body is, and so its {@code Content-Type} and how values are encoded in it. */
  public enum Format {
    JSON("application/json"),
    FORM("application/x-www-form-urlencoded"),
    XML("application/xml; charset=utf-8"),
    TEXT("text/plain; charset=utf-8");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    String contentType() {
      return contentType;
    }
  }

  public SmsGatewaySettings {
    headers = Map.copyOf(headers);
  }

  /** Everything that is wrong, each with its key; holds no secret. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    String key = "couriers.sms." + name;
    if (!ProviderName.isName(name)) {
      problems.add(key + ".name: lower-case letters, digits and hyphens");
    }
    if (!METHODS.contains(method)) {
      problems.add(key + ".method: GET, POST or PUT");
    }
    if (method.equals("GET") && !body.isEmpty()) {
      problems.add(key + ".body: GET has none");
    }
    if (!TextTemplate.of(url + "\n" + body).variables().contains(TEXT)) {
      problems.add(key + ": neither url nor body holds $text");
    }
    checkVariables(problems, key + ".url", url, Set.of(TO, DIGITS, TEXT));
    checkVariables(problems, key + ".body", body, Set.of(TO, DIGITS, TEXT));
    checkUrl(problems, key + ".url");
    headers.forEach((header, value) -> checkHeader(problems, key + ".headers", header, value));
    problems.addAll(answer.problems(key + ".answer"));
    trustedCertificates
        .flatMap(TrustedCertificates::problem)
        .ifPresent(why -> problems.add(key + ".trusted-certificates: " + why));
    return problems;
  }

  private static void checkVariables(
      List<String> problems, String key, String template, Set<String> known) {
    for (String variable : TextTemplate.of(template).variables()) {
      if (!known.contains(variable)) {
        problems.add(key + ": unknown variable $" + variable);
      }
    }
  }

  private void checkUrl(List<String> problems, String key) {
    URI uri;
    try {
      uri = URI.create(TextTemplate.of(url).fill(variable -> "0"));
    } catch (IllegalArgumentException e) {
      problems.add(key + ": not an address");
      return;
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
      problems.add(key + ": not an http or https address with a host");
      return;
    }
    if (!url.startsWith(scheme + "://" + uri.getRawAuthority())) {
      problems.add(key + ": no variable may stand in the host");
    }
    if (uri.getRawUserInfo() != null) {
      problems.add(key + ": no user in the address; set an Authorization header");
    }
    if (scheme.equals("http") && !allowClearText && !Hosts.isLoopback(uri.getHost())) {
      problems.add(key + ": http sends codes in clear; set allow-clear-text if that is meant");
    }
  }

  private static void checkHeader(List<String> problems, String key, String header, String value) {
    if (!HEADER_NAME.matcher(header).matches()) {
      problems.add(key + ": not a header name");
    } else if (OWN_HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
      problems.add(key + "." + header + ": is set by the server itself");
    }
    if (!HEADER_VALUE.matcher(value).matches()) {
      problems.add(key + "." + header + ": printable ASCII only");
    }
    checkVariables(problems, key + "." + header, value, Set.of(TO, DIGITS));
  }

  @Override
  public String toString() {
    return "SmsGatewaySettings[" + name + "]";
  }
}
