package io.watchword.server.biosdk;

import io.watchword.server.couriers.connection.Hosts;
import io.watchword.server.couriers.connection.ProviderName;
import io.watchword.server.couriers.connection.TrustedCertificates;
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
 * Where a biometric service is (contract biosdk 1).
 *
 * @param name how logs call it: lower-case letters, digits, hyphens
 * @param address scheme, host, port and context path, such as {@code
 *     https://biosdk.example/biosdk-service}
 * @param headers sent with each call, by name; may hold a key, so {@code toString} does not show
 *     them
 * @param trustedCertificates a PEM file with the only certificates to trust; empty for the
 *     authorities of the Java platform
 * @param allowClearText whether biometrics may leave by plain HTTP to a host other than this one
 */
public record BioSdkService(
    String name,
    URI address,
    Map<String, String> headers,
    Optional<Path> trustedCertificates,
    boolean allowClearText) {

  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

  public BioSdkService {
    headers = Map.copyOf(headers);
  }

  /** Everything that is wrong, each with the member's name in the spelling of settings. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!ProviderName.isName(name)) {
      problems.add("name: lower-case letters, digits and hyphens");
    }
    addressProblem().ifPresent(problem -> problems.add("address: " + problem));
    headers.forEach((header, value) -> {
      if (!HEADER_NAME.matcher(header).matches()) {
        problems.add("headers: not a header name");
      } else if (OWN_HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
        problems.add("headers." + header + ": is set by the server itself");
      } else if (!HEADER_VALUE.matcher(value).matches()) {
        problems.add("headers." + header + ": printable ASCII only");
      }
    });
    trustedCertificates
        .flatMap(TrustedCertificates::problem)
        .ifPresent(problem -> problems.add("trusted-certificates: " + problem));
    return problems;
  }

  private Optional<String> addressProblem() {
    String scheme = address.getScheme() == null ? "" : address.getScheme();
    String host = address.getHost();
    if (!Set.of("http", "https").contains(scheme) || host == null) {
      return Optional.of("not an http or https address with a host");
    }
    if (address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      return Optional.of("neither user, nor query, nor fragment");
    }
    if (scheme.equals("http") && !allowClearText && !Hosts.isLoopback(host)) {
      return Optional.of("http sends biometrics in clear; set allow-clear-text if that is meant");
    }
    return Optional.empty();
  }

  /** The address of an endpoint, such as {@code match}. */
  URI endpoint(String path) {
    String base = address.toString();
    return URI.create(base + (base.endsWith("/") ? "" : "/") + path);
  }

  @Override
  public String toString() {
    return "BioSdkService[" + name + "]";
  }
}
