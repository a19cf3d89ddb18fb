package io.watchword.server;

import io.watchword.server.keys.CryptoProvider;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.DetachedJws;
import io.watchword.wire.protection.HeaderCertificate;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.JwsSigner;
import io.watchword.wire.protection.KycEnvelope;
import io.watchword.wire.protection.MalformedJwsException;
import io.watchword.wire.protection.SealedRequest;
import io.watchword.wire.protection.SessionEnvelope;
import io.watchword.wire.protection.UndecryptableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlTable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The demo's partner, who truly signs and seals, and who can bend every part of a request: before
 * it is sealed, before it is signed, and before it is sent. Thread-safe. For tests of this module.
 */
public final class RelyingParty implements AutoCloseable {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Algorithms algorithms = CryptoProvider.best();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final InstantSource clock;
  private final TomlTable auth;
  private final String url;
  private final String domain;
  private final X509Certificate recipient;
  private final PrivateKey key;
  private final JwsSigner signer;
  private final SessionEnvelope envelope;
  private final KycEnvelope kycEnvelope;

  /**
   * @param data the demo's data folder
   * @param random makes session keys and IVs
   */
  public RelyingParty(Path data, InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.envelope = new SessionEnvelope(algorithms, random);
    this.kycEnvelope = new KycEnvelope(algorithms, random);
    try {
      TomlTable config = Toml.parse(data.resolve("partner/config.toml"));
      auth = table(config, "mosip_auth");
      TomlTable server = table(config, "mosip_auth_server");
      url = text(server, "ida_auth_url");
      domain = text(server, "ida_auth_domain_uri");
      recipient = certificate(Path.of(text(table(config, "crypto_encrypt"), "encrypt_cert_path")));
      TomlTable signing = table(config, "crypto_signature");
      char[] password = text(signing, "sign_p12_file_password").toCharArray();
      KeyStore store =
          KeyStore.getInstance(Path.of(text(signing, "sign_p12_file_path")).toFile(), password);
      String alias = store.aliases().nextElement();
      key = (PrivateKey) Objects.requireNonNull(store.getKey(alias, password));
      signer =
          JwsSigner.ofPartner(
              algorithms,
              JwsAlgorithm.RS256,
              key,
              (X509Certificate) Objects.requireNonNull(store.getCertificate(alias)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of a demo that runs on the system's time. */
  public static RelyingParty of(DemoServer demo) {
    return new RelyingParty(demo.data(), Clock.systemUTC(), new SecureRandom());
  }

  /**
   * A request before it is sealed and signed.
   *
   * @param operation {@code otp}, {@code auth} or {@code kyc}
   * @param inner what is sealed into {@code outer}; empty and unused for {@code otp}
   */
  public record Draft(String operation, ObjectNode outer, ObjectNode inner) {

    /** Names the person's code. */
    public Draft code(String code) {
      inner.put("otp", code);
      return this;
    }
  }

  /**
   * A request as it is sent.
   *
   * @param target percent-encoded, from the address of the wire format on
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Message(String method, String target, Map<String, String> headers, byte[] body) {

    /** The same but for its method. */
    public Message withMethod(String other) {
      return new Message(other, target, headers, body);
    }

    /** The same but for its body. */
    public Message withBody(byte[] other) {
      return new Message(method, target, headers, other);
    }

    /** The same but for its path. */
    public Message withTarget(String other) {
      return new Message(method, other, headers, body);
    }

    /** The same but for a header; {@code null} leaves it out. */
    public Message withHeader(String name, @Nullable String value) {
      Map<String, String> changed = new LinkedHashMap<>(headers);
      if (value == null) {
        changed.remove(name);
      } else {
        changed.put(name, value);
      }
      return new Message(method, target, changed, body);
    }
  }

  /** An answer as it came. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reply(int status, Map<String, List<String>> headers, byte[] body) {

    /** The body's JSON. */
    public ObjectNode json() {
      return Json.readObject(body).orElseThrow(() -> new AssertionError("no JSON object"));
    }

    /** The codes of its errors; empty: it succeeded. */
    public List<String> codes() {
      var codes = new ArrayList<String>();
      JsonNode errors = json().get("errors");
      if (errors != null && errors.isArray()) {
        errors.forEach(error -> codes.add(error.get("errorCode").stringValue()));
      }
      return codes;
    }

    /** Whether its signature is that of these very bytes. */
    public boolean isSigned() {
      try {
        DetachedJws jws =
            DetachedJws.parse(
                headers.getOrDefault("response-signature", List.of("")).getFirst(),
                EnumSet.allOf(JwsAlgorithm.class));
        X509Certificate signer = HeaderCertificate.decode(jws.certificateText().orElse(""));
        return jws.verify(CryptoProvider.best(), signer.getPublicKey(), body);
      } catch (MalformedJwsException | CertificateException e) {
        return false;
      }
    }
  }

  /** Asks for a code. */
  public Draft otp(String id, String transaction, String... channels) {
    ObjectNode outer = outer("otp", id, transaction);
    var list = outer.putArray("otpChannel");
    for (String channel : channels) {
      list.add(channel);
    }
    return new Draft("otp", outer, Json.mapper().createObjectNode());
  }

  /** Asks for an authentication without any factor yet. */
  public Draft auth(String operation, String id, String transaction) {
    ObjectNode outer = outer(operation, id, transaction);
    outer.put("specVersion", "1.0");
    outer.put("domainUri", domain);
    outer.put("env", text(auth, "ida_auth_env"));
    outer.putObject("requestedAuth").put("otp", false).put("demo", false);
    outer.put("consentObtained", true);
    ObjectNode inner = Json.mapper().createObjectNode();
    inner.putArray("biometrics");
    inner.putNull("demographics");
    inner.put("otp", "");
    inner.put("timestamp", now());
    return new Draft(operation, outer, inner);
  }

  private ObjectNode outer(String operation, String id, String transaction) {
    ObjectNode outer = Json.mapper().createObjectNode();
    outer.put("id", "mosip.identity." + operation);
    outer.put("version", "1.0");
    outer.put("individualId", id);
    outer.put("transactionID", transaction);
    outer.put("requestTime", now());
    outer.putObject("metadata");
    return outer;
  }

  /** Seals and signs. */
  public Message finish(Draft draft) {
    if (!draft.operation().equals("otp")) {
      seal(draft.outer(), Json.write(draft.inner()));
    }
    return sign(draft.operation(), Json.write(draft.outer()));
  }

  /** Seals any bytes into a request. */
  public void seal(ObjectNode outer, byte[] inner) {
    try {
      SealedRequest sealed = envelope.seal(inner, recipient);
      outer.put("request", sealed.request());
      outer.put("requestHMAC", sealed.requestHmac());
      outer.put("requestSessionKey", sealed.requestSessionKey());
      outer.put("thumbprint", sealed.thumbprint());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs any bytes. */
  public Message sign(String operation, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Authorization", text(auth, "authorization_header_constant"));
    headers.put("Signature", signer.sign(body));
    return new Message(
        "POST",
        "/" + operation + "/" + licence() + "/" + partner() + "/" + apiKey(),
        headers,
        body);
  }

  /** Makes a request and waits for its answer. */
  public Reply send(Message message) {
    return send(url, message);
  }

  /** The same at another server's base address of the wire format. */
  public Reply send(String base, Message message) {
    var request =
        HttpRequest.newBuilder(URI.create(base + message.target()))
            .timeout(PATIENCE)
            .method(message.method(), HttpRequest.BodyPublishers.ofByteArray(message.body()));
    message.headers().forEach(request::header);
    try {
      HttpResponse<byte[]> response = exchanged(request.build());
      return new Reply(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Once more, if the server closed the connection before it sent anything: it may have done so
   * while the connection was idle. A server that closes instead of answering does so again.
   */
  private HttpResponse<byte[]> exchanged(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("received no bytes")) {
        throw e;
      }
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  /** Seals, signs and sends. */
  public Reply send(Draft draft) {
    return send(finish(draft));
  }

  /** The identity in a reply of {@code kyc}. */
  public ObjectNode identity(Reply reply) {
    JsonNode response = reply.json().get("response");
    try {
      return Json.readObject(
              kycEnvelope.open(
                  response.get("identity").stringValue(),
                  response.get("sessionKey").stringValue(),
                  key))
          .orElseThrow();
    } catch (UndecryptableException e) {
      throw new AssertionError(e);
    }
  }

  /** The AES key under which the identity in a reply of {@code kyc} came. */
  public byte[] sessionKey(Reply reply) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          key,
          new OAEPParameterSpec(
              "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
      return cipher.doFinal(
          Base64.getUrlDecoder()
              .decode(reply.json().get("response").get("sessionKey").stringValue()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public String licence() {
    return text(auth, "partner_misp_lk");
  }

  public String partner() {
    return text(auth, "partner_id");
  }

  public String apiKey() {
    return text(auth, "partner_apikey");
  }

  /** Base address of the wire format. */
  public String url() {
    return url;
  }

  /** The time as requests tell it. */
  public String now() {
    return TIME.format(clock.instant());
  }

  @Override
  public void close() {
    http.close();
  }

  private static TomlTable table(TomlTable config, String name) {
    return Objects.requireNonNull(config.getTable(name), name);
  }

  private static String text(TomlTable table, String name) {
    return Objects.requireNonNull(table.getString(name), name);
  }

  private static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
