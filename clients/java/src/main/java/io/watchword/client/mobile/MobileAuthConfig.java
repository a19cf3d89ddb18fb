package io.watchword.client.mobile;

import io.watchword.client.http.Transport;
import io.watchword.client.http.TrustRoots;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MobileAuthClient} needs to know: where the server is, which app and device this is,
 * who is logged in, and where keys are. Immutable; {@code toString} shows no secret.
 */
public final class MobileAuthConfig {

  private static final Pattern SIGNABLE = Pattern.compile("[!-~]{1,300}");

  private final String server;
  private final String appId;
  private final Map<String, String> device;
  private final Supplier<Optional<UserSession>> session;
  private final Supplier<Set<String>> registeredProfiles;
  private final MobileAuthWithOtpRequestHandler requestHandler;
  private final DeviceKeyHolder keys;
  private final EnrollmentStore enrollments;
  private final String appLink;
  private final @Nullable SSLContext tls;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final Duration repeatAfter;
  private final @Nullable Executor callbacks;
  private final LongSupplier nanoClock;

  private MobileAuthConfig(Builder builder, Needed needed) {
    this.server = needed.server();
    this.appId = needed.appId();
    this.device = Map.copyOf(builder.device);
    this.session = needed.session();
    this.registeredProfiles = builder.registeredProfiles;
    this.requestHandler = needed.requestHandler();
    this.keys = needed.keys();
    this.enrollments = needed.enrollments();
    this.appLink = builder.appLink;
    this.tls = builder.trustRoots == null ? null : TrustRoots.tls(builder.trustRoots);
    this.connectTimeout = builder.connectTimeout;
    this.requestTimeout = builder.requestTimeout;
    this.repeatAfter = builder.repeatAfter;
    this.callbacks = builder.callbacks;
    this.nanoClock = builder.nanoClock;
  }

  /** What has no default. */
  private record Needed(
      String server,
      String appId,
      Supplier<Optional<UserSession>> session,
      MobileAuthWithOtpRequestHandler requestHandler,
      DeviceKeyHolder keys,
      EnrollmentStore enrollments) {}

  /** Starts without values. */
  public static Builder builder() {
    return new Builder();
  }

  /** As it is signed: without a slash at the end. */
  String server() {
    return server;
  }

  String appId() {
    return appId;
  }

  String deviceId() {
    return device.getOrDefault("id", "");
  }

  /** As enrollment sends it. */
  Map<String, String> device() {
    return device;
  }

  Supplier<Optional<UserSession>> session() {
    return session;
  }

  Set<String> registeredProfiles() {
    return registeredProfiles.get();
  }

  MobileAuthWithOtpRequestHandler requestHandler() {
    return requestHandler;
  }

  DeviceKeyHolder keys() {
    return keys;
  }

  EnrollmentStore enrollments() {
    return enrollments;
  }

  String appLink() {
    return appLink;
  }

  Transport transport(long longestReply) {
    return new Transport(connectTimeout, requestTimeout, longestReply, tls);
  }

  Duration repeatAfter() {
    return repeatAfter;
  }

  Optional<Executor> callbacks() {
    return Optional.ofNullable(callbacks);
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  static boolean isSignable(@Nullable String value) {
    return value != null && !value.equals("-") && SIGNABLE.matcher(value).matches();
  }

  @Override
  public String toString() {
    return "MobileAuthConfig[" + server + ", " + appId + ", " + deviceId() + "]";
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {

    private @Nullable URI serverUrl;
    private @Nullable String appId;
    private final Map<String, String> device = new LinkedHashMap<>();
    private @Nullable Supplier<Optional<UserSession>> session;
    private Supplier<Set<String>> registeredProfiles = Set::of;
    private @Nullable MobileAuthWithOtpRequestHandler requestHandler;
    private @Nullable DeviceKeyHolder keys;
    private @Nullable EnrollmentStore enrollments;
    private String appLink = "";
    private @Nullable List<X509Certificate> trustRoots;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(20);
    private Duration repeatAfter = Duration.ofMillis(500);
    private @Nullable Executor callbacks;
    private LongSupplier nanoClock = System::nanoTime;

    private Builder() {}

    /**
     * Where the server is, for example {@code https://login.example.com}, exactly as the server
     * names itself; it is a part of everything that is signed.
     */
    public Builder serverUrl(URI url) {
      this.serverUrl = url;
      return this;
    }

    /** Which app this is. */
    public Builder appId(String id) {
      this.appId = id;
      return this;
    }

    /**
     * Which device this is.
     *
     * @param id that stays the same as long as the app is installed
     * @param name that the person knows the device by
     * @param platform for example {@code android}
     */
    public Builder device(String id, String name, String platform) {
      device.put("id", id);
      device.put("name", name);
      device.put("platform", platform);
      return this;
    }

    /** Versions of operating system and app, which the server may refuse. */
    public Builder versions(String os, String app) {
      device.put("os_version", os);
      device.put("app_version", app);
      return this;
    }

    /**
     * Who is logged in to the app; empty: nobody. It is asked before each call, away from the
     * thread of the app, and may renew a token meanwhile.
     */
    public Builder session(Supplier<Optional<UserSession>> session) {
      this.session = session;
      return this;
    }

    /**
     * Profiles that are registered on this device. Without this only those are known that are
     * logged in or enrolled.
     */
    public Builder registeredProfiles(Supplier<Set<String>> profiles) {
      this.registeredProfiles = profiles;
      return this;
    }

    /** Who shows requests to the person. */
    public Builder requestHandler(MobileAuthWithOtpRequestHandler handler) {
      this.requestHandler = handler;
      return this;
    }

    /** Where private keys, and what is known beside them, are kept. */
    public Builder keys(DeviceKeyHolder keys, EnrollmentStore enrollments) {
      this.keys = keys;
      this.enrollments = enrollments;
      return this;
    }

    /** Keeps keys and enrollments until the process ends. */
    public Builder keysInMemory() {
      InMemoryDeviceKeys memory = new InMemoryDeviceKeys();
      return keys(memory, memory);
    }

    /** What links into the app begin with, up to the {@code #}; none unless set. */
    public Builder appLink(String link) {
      this.appLink = link;
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

    /** From a request to the last byte of its reply; 20 seconds unless set. */
    public Builder requestTimeout(Duration timeout) {
      this.requestTimeout = timeout;
      return this;
    }

    /**
     * How long after a lost reply the same request is sent again, twice at most; half a second
     * unless set.
     */
    public Builder repeatAfter(Duration pause) {
      this.repeatAfter = pause;
      return this;
    }

    /**
     * Where handlers run, for example the app's main thread; a thread of the library unless set.
     * They run one after the other, and never within a call of the app into the library.
     */
    public Builder callbacksOn(Executor executor) {
      this.callbacks = executor;
      return this;
    }

    /** A clock that never goes back, for the time left; {@link System#nanoTime} unless set. */
    public Builder nanoClock(LongSupplier clock) {
      this.nanoClock = clock;
      return this;
    }

    /**
     * The finished configuration.
     *
     * @throws IllegalArgumentException with all problems at once
     */
    public MobileAuthConfig build() {
      List<String> problems = new ArrayList<>();
      String server = server(problems);
      if (!isSignable(appId)) {
        problems.add("the app's id is missing or has other characters than 0x21 to 0x7E");
      }
      if (!isSignable(device.get("id"))) {
        problems.add("the device's id is missing or has other characters than 0x21 to 0x7E");
      }
      if (device.getOrDefault("name", "").isBlank()
          || device.getOrDefault("platform", "").isBlank()) {
        problems.add("the device's name or platform is missing");
      }
      if (isNotPositive(connectTimeout) || isNotPositive(requestTimeout)) {
        problems.add("timeouts must be longer than zero");
      }
      if (repeatAfter.isNegative()) {
        problems.add("nothing can be repeated before it was sent");
      }
      require(problems, session, "who is logged in");
      require(problems, requestHandler, "who shows requests");
      require(problems, keys, "where keys are kept");
      if (server == null
          || appId == null
          || session == null
          || requestHandler == null
          || keys == null
          || enrollments == null
          || !problems.isEmpty()) {
        throw new IllegalArgumentException(
            "the configuration has problems:\n  " + String.join("\n  ", problems));
      }
      return new MobileAuthConfig(
          this, new Needed(server, appId, session, requestHandler, keys, enrollments));
    }

    private static void require(List<String> problems, @Nullable Object value, String what) {
      if (value == null) {
        problems.add("it does not say " + what);
      }
    }

    private @Nullable String server(List<String> problems) {
      if (serverUrl == null || !Transport.isBase(serverUrl)) {
        problems.add("the server's URL is missing, or has more than a host and a path");
        return null;
      }
      if ("http".equals(serverUrl.getScheme()) && !isThisMachine(serverUrl.getHost())) {
        problems.add("the server's URL must start with https://");
        return null;
      }
      return serverUrl.toString().replaceAll("/+$", "");
    }

    private static boolean isThisMachine(String host) {
      return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private static boolean isNotPositive(Duration timeout) {
      return timeout.isNegative() || timeout.isZero();
    }
  }
}
