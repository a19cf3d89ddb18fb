package io.watchword.client.kernel;

import io.watchword.client.http.Transport;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link KernelClient} needs to know: where the services are and who the application is.
 * Immutable; {@code toString} shows no secret.
 */
public final class KernelClientConfig {

  private final URI authManager;
  private final URI otpManager;
  private final @Nullable Credentials credentials;
  private final boolean codesInQuery;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final Duration renewBefore;
  private final InstantSource time;

  private KernelClientConfig(URI authManager, URI otpManager, Builder builder) {
    this.authManager = authManager;
    this.otpManager = otpManager;
    this.credentials = builder.credentials;
    this.codesInQuery = builder.codesInQuery;
    this.connectTimeout = builder.connectTimeout;
    this.requestTimeout = builder.requestTimeout;
    this.renewBefore = builder.renewBefore;
    this.time = builder.time;
  }

  /** Who the application is, and what proves it. */
  record Credentials(String clientId, String secret, String appId) {

    @Override
    public String toString() {
      return clientId;
    }
  }

  /** Starts without values. */
  public static Builder builder() {
    return new Builder();
  }

  URI authManager() {
    return authManager;
  }

  URI otpManager() {
    return otpManager;
  }

  Optional<Credentials> credentials() {
    return Optional.ofNullable(credentials);
  }

  boolean codesInQuery() {
    return codesInQuery;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration requestTimeout() {
    return requestTimeout;
  }

  Duration renewBefore() {
    return renewBefore;
  }

  InstantSource time() {
    return time;
  }

  @Override
  public String toString() {
    return "KernelClientConfig["
        + authManager
        + ", "
        + otpManager
        + credentials().map(who -> ", client " + who).orElse("")
        + "]";
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {

    private @Nullable URI authManager;
    private @Nullable URI otpManager;
    private @Nullable Credentials credentials;
    private boolean codesInQuery;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration renewBefore = Duration.ofMinutes(1);
    private InstantSource time = InstantSource.system();

    private Builder() {}

    /**
     * The base of both services where one host has them, for example {@code https://host/v1}; they
     * are at {@code /authmanager} and {@code /otpmanager} below it.
     */
    public Builder serviceUrl(URI url) {
      String base = url.toString().replaceAll("/+$", "");
      return authManagerUrl(URI.create(base + "/authmanager"))
          .otpManagerUrl(URI.create(base + "/otpmanager"));
    }

    /** Where Auth Manager is, for example {@code https://host:8091/v1/authmanager}. */
    public Builder authManagerUrl(URI url) {
      this.authManager = url;
      return this;
    }

    /** Where OTP Manager is, for example {@code https://host:8085/v1/otpmanager}. */
    public Builder otpManagerUrl(URI url) {
      this.otpManager = url;
      return this;
    }

    /**
     * Who the application is. Only the calls that need a token of its own, and those with a refresh
     * token, need this.
     *
     * @param appId under which application the client logs in
     */
    public Builder client(String clientId, String secret, String appId) {
      this.credentials = new Credentials(clientId, secret, appId);
      return this;
    }

    /**
     * Validates codes by {@code GET}, with key and code in the address, where they end in access
     * logs. The deployed services know no other form (contract kernel B.2); without this the code
     * travels in a body.
     */
    public Builder codesInQuery() {
      this.codesInQuery = true;
      return this;
    }

    /** Ten seconds unless set. */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = timeout;
      return this;
    }

    /** From the call to the last byte of the reply; 30 seconds unless set. */
    public Builder requestTimeout(Duration timeout) {
      this.requestTimeout = timeout;
      return this;
    }

    /**
     * How long before its end the application's token is replaced; one minute unless set, and never
     * more than a quarter of its life.
     */
    public Builder renewBefore(Duration period) {
      this.renewBefore = period;
      return this;
    }

    /** The clock of request times, and of the ends of tokens. */
    public Builder time(InstantSource time) {
      this.time = time;
      return this;
    }

    /**
     * The finished configuration.
     *
     * @throws IllegalArgumentException with all problems at once; no sentence contains the secret
     */
    public KernelClientConfig build() {
      List<String> problems = new ArrayList<>();
      URI auth = base(problems, authManager, "the URL of Auth Manager");
      URI otp = base(problems, otpManager, "the URL of OTP Manager");
      if (credentials != null && credentials.clientId().isBlank()) {
        problems.add("the client id is missing");
      }
      if (credentials != null && credentials.secret().isBlank()) {
        problems.add("the client's secret is missing");
      }
      if (credentials != null && credentials.appId().isBlank()) {
        problems.add("the application id is missing");
      }
      if (!isPositive(connectTimeout) || !isPositive(requestTimeout)) {
        problems.add("timeouts must be longer than zero");
      }
      if (renewBefore.isNegative()) {
        problems.add("a token cannot be renewed after its end");
      }
      if (auth == null || otp == null || !problems.isEmpty()) {
        throw new IllegalArgumentException(
            "the configuration has problems:\n  " + String.join("\n  ", problems));
      }
      return new KernelClientConfig(auth, otp, this);
    }

    private static @Nullable URI base(List<String> problems, @Nullable URI url, String name) {
      if (url == null) {
        problems.add(name + " is missing");
      } else if (!Transport.isBase(url)) {
        problems.add(name + " must start with http:// or https:// and name a host and a path only");
        return null;
      }
      return url;
    }

    private static boolean isPositive(Duration timeout) {
      return !timeout.isNegative() && !timeout.isZero();
    }
  }
}
