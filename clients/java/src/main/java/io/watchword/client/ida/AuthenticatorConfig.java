package io.watchword.client.ida;

import io.watchword.client.http.Transport;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.DetachedJws;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.JwsSigner;
import io.watchword.wire.protection.MalformedJwsException;
import java.net.URI;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Authenticator} needs to know: where the server is, who the partner is, which keys
 * to use. Made from the configuration file of the published client by {@link #read}, or by {@link
 * #builder}. Immutable; {@code toString} shows no secret.
 */
public final class AuthenticatorConfig {

  private final Service service;
  private final Partner partner;
  private final Naming naming;
  private final Keys keys;
  private final InstantSource time;
  private final SecureRandom random;

  private AuthenticatorConfig(
      Service service, Partner partner, Naming naming, Keys keys, Builder builder) {
    this.service = service;
    this.partner = partner;
    this.naming = naming;
    this.keys = keys;
    this.time = builder.time;
    this.random = builder.random;
  }

  /** Where the server is and how long it may take. */
  record Service(URI url, Duration connectTimeout, Duration requestTimeout) {}

  /** Who asks. */
  record Partner(String id, String apiKey, String licenceKey, String authorization) {

    @Override
    public String toString() {
      return id;
    }
  }

  /** The members of requests that are the same each time. */
  record Naming(
      String otpId,
      String authId,
      String kycId,
      String version,
      @Nullable String domainUri,
      @Nullable String environment) {}

  /** The keys, and whose signature replies must bear. */
  record Keys(
      X509Certificate encryption,
      PrivateKey decryption,
      JwsSigner signer,
      ReplySignature replySignature) {

    @Override
    public String toString() {
      return "Keys";
    }
  }

  /**
   * Reads the TOML file that the published client reads (contract ida 11). Every key of the
   * sections {@code mosip_auth}, {@code mosip_auth_server}, {@code crypto_encrypt} and {@code
   * crypto_signature} is compulsory; {@code logging} is not looked at, since this client writes no
   * log. One key is ours and optional: {@code response_cert_path} in {@code crypto_signature}, see
   * {@link Builder#responseCertificate}. Relative paths are taken from the working directory.
   *
   * @throws InvalidConfigException with all problems at once
   */
  public static AuthenticatorConfig read(Path configToml) {
    return builderFrom(configToml).build();
  }

  /**
   * Starts with the values of a file, as {@link #read} takes them, to add or change some.
   *
   * @throws InvalidConfigException with all problems of the file at once
   */
  public static Builder builderFrom(Path configToml) {
    return ConfigFile.read(configToml);
  }

  /** Starts without values. */
  public static Builder builder() {
    return new Builder();
  }

  Service service() {
    return service;
  }

  Partner partner() {
    return partner;
  }

  Naming naming() {
    return naming;
  }

  Keys keys() {
    return keys;
  }

  InstantSource time() {
    return time;
  }

  SecureRandom random() {
    return random;
  }

  @Override
  public String toString() {
    return "AuthenticatorConfig[" + service.url() + ", partner " + partner + "]";
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {

    private String otpId = "mosip.identity.otp";
    private String authId = "mosip.identity.auth";
    private String kycId = "mosip.identity.kyc";
    private String version = "1.0";
    private String authorization = "Authorization";
    private @Nullable String domainUri;
    private @Nullable String environment;
    private JwsAlgorithm algorithm = JwsAlgorithm.RS256;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private InstantSource time = InstantSource.system();
    private SecureRandom random = new SecureRandom();
    private boolean unsignedRepliesAccepted;
    private @Nullable X509Certificate responseCertificate;
    private @Nullable URI serviceUrl;
    private @Nullable String partnerId;
    private @Nullable String apiKey;
    private @Nullable String licenceKey;
    private @Nullable X509Certificate encryptionCertificate;
    private @Nullable PrivateKey decryptionKey;
    private @Nullable PrivateKey signingKey;
    private @Nullable X509Certificate signingCertificate;

    private Builder() {}

    /** The base of the service, for example {@code https://host/idauthentication/v1}. */
    public Builder serviceUrl(URI url) {
      this.serviceUrl = url;
      return this;
    }

    /** Who the relying party is: its id, its API key, and the licence key of its MISP. */
    public Builder partner(String partnerId, String apiKey, String licenceKey) {
      this.partnerId = partnerId;
      this.apiKey = apiKey;
      this.licenceKey = licenceKey;
      return this;
    }

    /** The server's certificate {@code PARTNER}, to which requests are encrypted. */
    public Builder encryptionCertificate(X509Certificate certificate) {
      this.encryptionCertificate = certificate;
      return this;
    }

    /** The partner's key, which opens KYC responses. */
    public Builder decryptionKey(PrivateKey key) {
      this.decryptionKey = key;
      return this;
    }

    /** The partner's key and the signed certificate that came back from onboarding. */
    public Builder signing(PrivateKey key, X509Certificate certificate) {
      this.signingKey = key;
      this.signingCertificate = certificate;
      return this;
    }

    /** How requests are signed; RS256 unless set. */
    public Builder algorithm(JwsAlgorithm algorithm) {
      this.algorithm = algorithm;
      return this;
    }

    /** The {@code id} members of the three requests, where a server has renamed them. */
    public Builder requestIds(String otp, String auth, String kyc) {
      this.otpId = otp;
      this.authId = auth;
      this.kycId = kyc;
      return this;
    }

    /** The {@code version} member of requests; 1.0 unless set. */
    public Builder version(String version) {
      this.version = version;
      return this;
    }

    /** Member {@code domainUri} of requests; left out unless set. */
    public Builder domainUri(String uri) {
      this.domainUri = uri;
      return this;
    }

    /** Member {@code env} of requests, for example {@code Staging}; left out unless set. */
    public Builder environment(String environment) {
      this.environment = environment;
      return this;
    }

    /** Value of the header {@code Authorization}, which must be there but is not evaluated. */
    public Builder authorization(String value) {
      this.authorization = value;
      return this;
    }

    /**
     * Whose signature replies must bear: exactly this certificate or, if it is a CA's, one that it
     * issued. Without it any certificate in the reply's own header will do, which protects against
     * accidents but, unlike TLS, not against a forger.
     */
    public Builder responseCertificate(X509Certificate certificate) {
      this.responseCertificate = certificate;
      return this;
    }

    /**
     * Takes replies without a signature header too, for servers behind a gateway that drops it. A
     * signature that is there must still be right, and {@link #responseCertificate} wins over this.
     */
    public Builder acceptUnsignedReplies() {
      this.unsignedRepliesAccepted = true;
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

    /** The clock of request times, which must agree with the server's to half a minute. */
    public Builder time(InstantSource time) {
      this.time = time;
      return this;
    }

    /** Source of session keys, IVs and transaction ids. */
    public Builder random(SecureRandom random) {
      this.random = random;
      return this;
    }

    /**
     * The finished configuration.
     *
     * @throws InvalidConfigException with all problems at once
     */
    public AuthenticatorConfig build() {
      List<String> problems = new ArrayList<>();
      URI url = required(problems, serviceUrl, "the service URL");
      String id = required(problems, partnerId, "the partner id");
      String key = required(problems, apiKey, "the partner's API key");
      String licence = required(problems, licenceKey, "the MISP's licence key");
      X509Certificate encryption =
          required(problems, encryptionCertificate, "the server's encryption certificate");
      PrivateKey decryption = required(problems, decryptionKey, "the decryption key");
      PrivateKey signing = required(problems, signingKey, "the signing key");
      X509Certificate certificate =
          required(problems, signingCertificate, "the signing certificate");
      problems.addAll(faults());
      if (url == null
          || id == null
          || key == null
          || licence == null
          || encryption == null
          || decryption == null
          || signing == null
          || certificate == null
          || !problems.isEmpty()) {
        throw new InvalidConfigException(problems);
      }
      return new AuthenticatorConfig(
          new Service(url, connectTimeout, requestTimeout),
          new Partner(id, key, licence, authorization),
          new Naming(otpId, authId, kycId, version, domainUri, environment),
          new Keys(
              encryption,
              decryption,
              signer(algorithm, signing, certificate),
              new ReplySignature(responseCertificate, !unsignedRepliesAccepted, time)),
          this);
    }

    /** What is wrong with the values that are there. */
    List<String> faults() {
      List<String> faults = new ArrayList<>();
      if (serviceUrl != null && !Transport.isBase(serviceUrl)) {
        faults.add("the service URL must start with http:// or https:// and name a host only");
      }
      if (authorization.isBlank()) {
        faults.add("the Authorization value must not be empty");
      }
      if (encryptionCertificate != null && !isStrongRsa(encryptionCertificate.getPublicKey())) {
        faults.add("the server's encryption certificate needs an RSA key of 2048 bits or more");
      }
      if (decryptionKey != null && !isStrongRsa(decryptionKey)) {
        faults.add("the decryption key must be RSA of 2048 bits or more");
      }
      if (signingKey != null && signingCertificate != null) {
        try {
          if (!isPair(algorithm, signingKey, signingCertificate)) {
            faults.add("the signing key does not belong to the signing certificate");
          }
        } catch (IllegalArgumentException e) {
          faults.add("the signing key does not suit " + algorithm);
        }
      }
      if (!isPositive(connectTimeout) || !isPositive(requestTimeout)) {
        faults.add("timeouts must be longer than zero");
      }
      return faults;
    }

    private static JwsSigner signer(
        JwsAlgorithm algorithm, PrivateKey key, X509Certificate certificate) {
      try {
        return JwsSigner.ofPartner(Algorithms.ofJdk(), algorithm, key, certificate);
      } catch (InvalidKeyException e) {
        throw new IllegalArgumentException("a key that does not suit the algorithm", e);
      }
    }

    private static boolean isPair(
        JwsAlgorithm algorithm, PrivateKey key, X509Certificate certificate) {
      byte[] trial = {1};
      try {
        return DetachedJws.parse(signer(algorithm, key, certificate).sign(trial), Set.of(algorithm))
            .verify(Algorithms.ofJdk(), certificate.getPublicKey(), trial);
      } catch (MalformedJwsException e) {
        throw new IllegalArgumentException("a certificate too long for a header", e);
      }
    }

    private static boolean isStrongRsa(Key key) {
      return key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= 2048;
    }

    private static boolean isPositive(Duration timeout) {
      return !timeout.isNegative() && !timeout.isZero();
    }

    private static <T> @Nullable T required(List<String> problems, @Nullable T value, String name) {
      if (value == null || (value instanceof String text && text.isBlank())) {
        problems.add(name + " is missing");
        return null;
      }
      return value;
    }
  }
}
