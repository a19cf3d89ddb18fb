package io.watchword.client.kernel;

import io.watchword.client.kernel.KernelClientConfig.Credentials;
import io.watchword.client.kernel.KernelException.Refusal;
import io.watchword.client.kernel.KernelException.TransportFailure;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Has codes sent, logs people in by them, renews their tokens, and makes and validates codes for
 * keys.
 *
 * <pre>{@code
 * KernelClient kernel =
 *     new KernelClient(
 *         KernelClientConfig.builder()
 *             .serviceUrl(URI.create("https://host/v1"))
 *             .client("D72HJDF8", System.getenv("CLIENT_SECRET"), "registrationprocessor")
 *             .build());
 *
 * kernel.sendOtp(
 *     CodeRequest.of("M392380", UserIdType.USERID, "registrationclient", Channel.EMAIL));
 * String code = System.console().readLine("The code in the letter: ");
 * try {
 *   AccessToken token = kernel.logInByOtp("M392380", code, "registrationclient");
 *   System.out.println(kernel.validateToken(token).roles());
 * } catch (KernelException.Refusal refusal) {
 *   System.out.println(refusal.isMismatch() ? "Another code was sent." : refusal.getMessage());
 * }
 *
 * GeneratedCode made = kernel.generateOtp("+919000000200");
 * kernel.validateOtp("+919000000200", made.digits());
 * }</pre>
 *
 * <p>Thread-safe; make one and keep it: it logs the application in when a call first needs that,
 * keeps the token and replaces it before its end. Every call blocks until it is answered and is
 * sent once, but for one that is answered with 401, which the server has not acted upon: it is
 * repeated once with a new token. Whoever repeats a call after a {@link TransportFailure} must know
 * that the server may have acted on the first.
 */
public final class KernelClient {

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,32}");

  private final KernelClientConfig config;
  private final Connection connection;
  private final TokenKeeper tokens;

  /** Opens no connection yet. */
  public KernelClient(KernelClientConfig config) {
    this.config = config;
    this.connection = new Connection(config);
    this.tokens = new TokenKeeper(this::logInBySecret, config.renewBefore(), config.time());
  }

  /**
   * Logs the application in now, unless it is. Not needed, but it shows at the start whether client
   * id and secret are right.
   *
   * @throws Refusal with {@link RefusalReason#CREDENTIALS_WRONG} if they are not
   * @throws IllegalStateException if the configuration names no client
   */
  public void logIn() throws KernelException {
    tokens.token();
  }

  /**
   * Has a code sent. Needs no token.
   *
   * @throws Refusal if the server does not send one
   */
  public void sendOtp(CodeRequest request) throws KernelException {
    Reply.read(
            Call.SEND_CODE,
            connection.post(
                config.authManager(),
                "/authenticate/sendotp",
                Call.SEND_CODE,
                request.body(),
                null))
        .requireSuccess();
  }

  /**
   * Logs a user in by the code that was sent. Needs no token.
   *
   * @return the user's token
   * @throws Refusal with {@link RefusalReason#CODE_WRONG}, {@link RefusalReason#CODE_EXPIRED},
   *     {@link RefusalReason#BLOCKED} or another reason
   */
  public AccessToken logInByOtp(String userId, String otp, String appId) throws KernelException {
    return given(
        Call.LOG_IN_BY_CODE,
        "/authenticate/useridOTP",
        Map.of("userId", userId, "otp", otp, "appId", appId));
  }

  /**
   * Logs a user in as {@link #logInByOtp} does, into a session that can be renewed (contract kernel
   * A.10, {@code internal/userotp}). Needs no token.
   *
   * @return the user's tokens, for programs that keep both; the service sets no cookie
   * @throws Refusal as {@link #logInByOtp} does
   * @throws IllegalArgumentException if the application id is blank: the session could not be
   *     renewed
   */
  public TokenPair logInByOtpRenewable(String userId, String otp, String appId)
      throws KernelException {
    if (appId.isBlank()) {
      throw new IllegalArgumentException("the application id is missing");
    }
    Reply reply =
        Reply.read(
                Call.LOG_IN_BY_CODE,
                connection.post(
                    config.authManager(),
                    "/authenticate/internal/userotp",
                    Call.LOG_IN_BY_CODE,
                    Map.of("userId", userId, "otp", otp, "appId", appId),
                    null))
            .requireSuccess();
    return GivenToken.pair(reply, appId, config.time().instant());
  }

  /**
   * Makes a code for a key, which may be a phone number, a mail address or anything else of 3 to 64
   * characters. A code made before for this key is no longer good.
   *
   * @throws Refusal with {@link RefusalReason#BLOCKED} if the key is locked or asked for too often
   */
  public GeneratedCode generateOtp(String key) throws KernelException {
    Reply reply =
        admitted(
            Call.GENERATE_CODE,
            token ->
                connection.post(
                    config.otpManager(),
                    "/otp/generate",
                    Call.GENERATE_CODE,
                    Map.of("key", key),
                    token));
    return switch (reply.text("status")) {
      case "GENERATION_SUCCESSFUL" -> {
        String digits = reply.text("otp");
        if (!DIGITS.matcher(digits).matches()) {
          throw Reply.unreadable();
        }
        yield new GeneratedCode(digits);
      }
      case "USER_BLOCKED" -> throw new Refusal(RefusalReason.BLOCKED, 200, List.of());
      default -> throw Reply.unreadable();
    };
  }

  /**
   * Validates a code that was made for a key. That this returns says that the code was right; it
   * cannot be used again.
   *
   * @throws Refusal with {@link RefusalReason#CODE_WRONG}, {@link RefusalReason#CODE_EXPIRED},
   *     {@link RefusalReason#CODE_NOT_EXPECTED}, {@link RefusalReason#BLOCKED} or another reason
   */
  public void validateOtp(String key, String otp) throws KernelException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("key", key);
    values.put("otp", otp);
    URI base = config.otpManager();
    Reply reply =
        admitted(
            Call.VALIDATE_CODE,
            token ->
                config.codesInQuery()
                    ? connection.call(
                        "GET", base, "/otp/validate" + Connection.query(values), token)
                    : connection.post(base, "/otp/validate", Call.VALIDATE_CODE, values, token));
    if (!Vocabulary.isValidated(reply.requireSuccess().text("message"))) {
      throw Reply.unreadable();
    }
  }

  /**
   * Asks whose a token is.
   *
   * @throws Refusal if it is none of the service's, its time is over or its session has ended
   */
  public TokenOwner validateToken(AccessToken token) throws KernelException {
    HttpResponse<byte[]> answer =
        connection.call("GET", config.authManager(), "/authorize/admin/validateToken", token);
    if (answer.statusCode() == 404) {
      // The oldest services know the other form only, and may answer it without the owner.
      return owner(
          Reply.read(
              Call.VALIDATE_TOKEN,
              connection.call("POST", config.authManager(), "/authorize/validateToken", token)),
          token,
          "Token had been validated successfully");
    }
    return owner(Reply.read(Call.VALIDATE_TOKEN, answer), token, "");
  }

  /**
   * Renews a token that is still good by itself, as release 0.11 of the service does it (contract
   * kernel A.7); whoever has a refresh token uses {@link #renew(RefreshToken)}.
   *
   * @return another token of the same session
   * @throws Refusal with {@link RefusalReason#TOKEN_INVALID} if the token is not good any more, or
   *     {@link RefusalReason#TOKEN_EXPIRED} if the session can be renewed no longer
   * @throws TransportFailure also from releases that know refresh tokens only
   */
  public AccessToken renew(AccessToken token) throws KernelException {
    Reply reply =
        Reply.read(
            Call.RENEW_TOKEN,
            connection.call("POST", config.authManager(), "/authorize/refreshToken", token));
    if (reply.text("userId").isEmpty()) {
      throw Reply.unreadable();
    }
    return GivenToken.of(reply.headers(), config.time().instant());
  }

  /**
   * Renews the tokens of a session, as releases from 1.0.8 on do it (contract kernel A.7). The
   * application proves itself by its client id and secret.
   *
   * @return the next tokens of the same session; keep its refresh token instead of this one
   * @throws Refusal with {@link RefusalReason#TOKEN_INVALID} if the refresh token is not good any
   *     more, is of another application, or client id and secret are wrong: the service does not
   *     tell these apart; {@link RefusalReason#APPLICATION_UNKNOWN} if it does not know that one
   * @throws IllegalStateException if the configuration names no client
   */
  public TokenPair renew(RefreshToken token) throws KernelException {
    Credentials who = credentials();
    Reply reply =
        Reply.read(
                Call.RENEW_TOKEN,
                connection.postBare(
                    config.authManager(),
                    "/authorize/refreshToken/" + Connection.encoded(token.appId()),
                    Map.of("clientID", who.clientId(), "clientSecret", who.secret()),
                    token))
            .requireSuccess();
    return GivenToken.pair(reply.headers(), token.appId(), config.time().instant());
  }

  /**
   * Ends the session of a token, which is then no longer good.
   *
   * @throws Refusal if it was not good before
   */
  public void logOut(AccessToken token) throws KernelException {
    HttpResponse<byte[]> answer =
        connection.call("DELETE", config.authManager(), "/logout/user", token);
    if (answer.statusCode() == 404) {
      // The oldest services know the other form only, whose success may have no status.
      Reply reply =
          Reply.read(
              Call.LOG_OUT,
              connection.call("POST", config.authManager(), "/authorize/invalidateToken", token));
      if (!reply.text("message").equalsIgnoreCase("Token invalidated successfully")) {
        reply.requireSuccess();
      }
    } else {
      Reply.read(Call.LOG_OUT, answer).requireSuccess();
    }
    tokens.drop(token);
  }

  /** Ends the application's own session, if it has one; the next call that needs one logs in. */
  public void logOut() throws KernelException {
    Optional<AccessToken> own = tokens.current();
    if (own.isPresent()) {
      tokens.drop(own.get());
      logOut(own.get());
    }
  }

  /** Sends a request with a token of the application. */
  @FunctionalInterface
  private interface Sending {
    HttpResponse<byte[]> with(AccessToken token) throws KernelException;
  }

  private Reply admitted(Call call, Sending sending) throws KernelException {
    AccessToken token = tokens.token();
    HttpResponse<byte[]> answer = sending.with(token);
    if (answer.statusCode() == 401) {
      tokens.drop(token);
      answer = sending.with(tokens.token());
    }
    return Reply.read(call, answer);
  }

  private AccessToken logInBySecret() throws KernelException {
    Credentials who = credentials();
    return given(
        Call.LOG_IN_BY_SECRET,
        "/authenticate/clientidsecretkey",
        Map.of("clientId", who.clientId(), "secretKey", who.secret(), "appId", who.appId()));
  }

  private Credentials credentials() {
    return config
        .credentials()
        .orElseThrow(() -> new IllegalStateException("this call needs a client id and a secret"));
  }

  private AccessToken given(Call call, String path, Map<String, String> request)
      throws KernelException {
    Reply reply =
        Reply.read(call, connection.post(config.authManager(), path, call, request, null))
            .requireSuccess();
    return GivenToken.of(reply.headers(), config.time().instant());
  }

  /**
   * @param bare the message of a success without an owner; empty: there must be one
   */
  private static TokenOwner owner(Reply reply, AccessToken asked, String bare)
      throws TransportFailure {
    String userId = reply.text("userId");
    if (userId.isEmpty() && (bare.isEmpty() || !reply.text("message").equalsIgnoreCase(bare))) {
      throw Reply.unreadable();
    }
    String about = reply.text("token");
    if (!about.isEmpty() && !about.equals(asked.value())) {
      throw new TransportFailure("the reply is about another token");
    }
    // The deployed services put a comma after each role.
    Set<String> roles =
        Arrays.stream(reply.text("role").split(","))
            .map(String::strip)
            .filter(role -> !role.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    return new TokenOwner(
        filled(userId),
        roles,
        filled(reply.text("name")),
        filled(reply.text("mail")),
        filled(reply.text("mobile")),
        filled(reply.text("langCode")));
  }

  private static Optional<String> filled(String text) {
    return Optional.of(text).filter(value -> !value.isBlank());
  }

  @Override
  public String toString() {
    return "KernelClient[" + config + "]";
  }
}
