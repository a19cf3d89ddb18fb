package io.watchword.client.mobile.portal;

import io.watchword.client.http.Transport;
import io.watchword.client.http.TrustRoots;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PortalClient} needs to know: where the server is and who the portal is. Immutable;
 * {@code toString} shows no secret.
 */
public final class PortalConfig {

  private final String server;
  private final Credentials client;
  private final @Nullable Credentials callbackUser;
  private final @Nullable String callbackSecret;
  private final Duration callbackAge;
  private final @Nullable SSLContext tls;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final InstantSource time;
  private final LongSupplier nanoClock;

  private PortalConfig(String server, Credentials client, Builder builder) {
    this.server = server;
    this.client = client;
    this.callbackUser = builder.callbackUser;
    this.callbackSecret = builder.callbackSecret;
    this.callbackAge = builder.callbackAge;
    this.tls = builder.trustRoots == null ? null : TrustRoots.tls(builder.trustRoots);
    this.connectTimeout = builder.connectTimeout;
    this.requestTimeout = builder.requestTimeout;
    this.time = builder.time;
    this.nanoClock = builder.nanoClock;
  }

  /** Who somebody is, and what proves it. */
  record Credentials(String name, String secret) {

    @Override
    public String toString() {
      return name;
    }
  }

  /** Starts without values. */
  public static Builder builder() {
    return new Builder();
  }

  String server() {
    return server;
  }

  Credentials client() {
    return client;
  }

  Optional<Credentials> callbackUser() {
    return Optional.ofNullable(callbackUser);
  }

  Optional<String> callbackSecret() {
    return Optional.ofNullable(callbackSecret);
  }

  Duration callbackAge() {
    return callbackAge;
  }

  /**
   * @param held how long the server may hold back a reply
   */
  Transport transport(Duration held, long longestReply) {
    return new Transport(connectTimeout, requestTimeout.plus(held), longestReply, tls);
  }

  InstantSource time() {
    return time;
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  @Override
  public String toString() {
    return "PortalConfig[" + server + ", client " + client + "]";
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {

    private @Nullable URI serverUrl;
    private @Nullable Credentials client;
    private @Nullable Credentials callbackUser;
    private @Nullable String callbackSecret;
    private Duration callbackAge = Duration.ofMinutes(5);
    private @Nullable List<X509Certificate> trustRoots;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(20);
    private InstantSource time = InstantSource.system();
    private LongSupplier nanoClock = System::nanoTime;

    private Builder() {}

    /** Where the server is, for example {@code https://login.example.com}. */
    public Builder serverUrl(URI url) {
      this.serverUrl = url;
      return this;
    }

    /** Who the portal is. */
    public Builder client(String id, String secret) {
      this.client = new Credentials(id, secret);
      return this;
    }

    /**
     * With what the server signs its callbacks; without this they are not asked for a signature.
     */
    public Builder callbackSecret(String secret) {
      this.callbackSecret = secret;
      return this;
    }

    /** With what the server logs in to the callback by HTTP Basic; without this it need not. */
    public Builder callbackUser(String name, String password) {
      this.callbackUser = new Credentials(name, password);
      return this;
    }

    /** How far a signed callback's time may be from this machine's; five minutes unless set. */
    public Builder callbackAge(Duration age) {
      this.callbackAge = age;
      return this;
    }

    /** Trusts servers under these roots only, instead of those that Java trusts. */
    public Builder trustRoots(Collection<X509Certificate> roots) {
      this.trustRoots = List.copyOf(roots);
      return this;
    }

    /** Ten seconds unless set. */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = timeout;
      return this;
    }

    /**
     * From a request to the last byte of its reply, beside the time for which the server was asked
     * to wait; 20 seconds unless set.
     */
    public Builder requestTimeout(Duration timeout) {
      this.requestTimeout = timeout;
      return this;
    }

    /** The clock for the age of callbacks; nothing else depends on it. */
    public Builder time(InstantSource time) {
      this.time = time;
      return this;
    }

    /** A clock that never goes back, for codes that change; {@link System#nanoTime} unless set. */
    public Builder nanoClock(LongSupplier clock) {
      this.nanoClock = clock;
      return this;
    }

    /**
     * The finished configuration.
     *
     * @throws IllegalArgumentException with all problems at once; no sentence contains a secret
     */
    public PortalConfig build() {
      List<String> problems = new ArrayList<>();
      if (serverUrl == null || !Transport.isBase(serverUrl)) {
        problems.add("the server's URL is missing, or has more than a host and a path");
      }
      if (client == null || client.name().isBlank() || client.secret().isBlank()) {
        problems.add("the client's id or its secret is missing");
      }
      if (callbackSecret != null && callbackSecret.isBlank()) {
        problems.add("the secret for callbacks is blank");
      }
      if (isNotPositive(connectTimeout)
          || isNotPositive(requestTimeout)
          || isNotPositive(callbackAge)) {
        problems.add("timeouts and the age of callbacks must be longer than zero");
      }
      if (serverUrl == null || client == null || !problems.isEmpty()) {
        throw new IllegalArgumentException(
            "the configuration has problems:\n  " + String.join("\n  ", problems));
      }
      return new PortalConfig(serverUrl.toString().replaceAll("/+$", ""), client, this);
    }

    private static boolean isNotPositive(Duration timeout) {
      return timeout.isNegative() || timeout.isZero();
    }
  }
}
