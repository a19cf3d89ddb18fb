package io.watchword.client.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request to send a code: to whom, for which application, over which channels, in which words.
 *
 * <pre>{@code
 * CodeRequest.of("M392380", UserIdType.USERID, "registrationclient", Channel.EMAIL, Channel.PHONE)
 *     .withVariable("name", "Margaret")
 * }</pre>
 *
 * <p>Immutable. {@code toString} shows neither user nor variables.
 */
public final class CodeRequest {

  /** The message family that the API's documentation calls the default. */
  public static final String DEFAULT_CONTEXT = "auth-otp";

  private final String userId;
  private final UserIdType type;
  private final String appId;
  private final List<Channel> channels;
  private final String context;
  private final Map<String, String> variables;

  private CodeRequest(
      String userId,
      UserIdType type,
      String appId,
      List<Channel> channels,
      String context,
      Map<String, String> variables) {
    this.userId = userId;
    this.type = type;
    this.appId = appId;
    this.channels = channels;
    this.context = context;
    this.variables = variables;
  }

  /**
   * A request in the default words.
   *
   * @param appId the application, which decides where the user is looked for
   */
  public static CodeRequest of(
      String userId, UserIdType type, String appId, Channel channel, Channel... more) {
    List<Channel> channels = new ArrayList<>(List.of(channel));
    for (Channel other : more) {
      if (!channels.contains(other)) {
        channels.add(other);
      }
    }
    return new CodeRequest(userId, type, appId, List.copyOf(channels), DEFAULT_CONTEXT, Map.of());
  }

  /** Chooses the message family, for example {@code auth-login-otp}. */
  public CodeRequest inContext(String context) {
    return new CodeRequest(userId, type, appId, channels, context, variables);
  }

  /** Adds a value for the message, where its family has a place of that name. */
  public CodeRequest withVariable(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.put(name, value);
    return new CodeRequest(
        userId, type, appId, channels, context, Collections.unmodifiableMap(all));
  }

  /** Member {@code request} (contract kernel A.1). */
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("userId", userId);
    body.put("useridtype", type.name());
    body.put("otpChannel", channels.stream().map(Channel::wireName).toList());
    body.put("appId", appId);
    body.put("context", context);
    body.put("templateVariables", variables);
    return body;
  }

  @Override
  public String toString() {
    return "CodeRequest[" + type + ", " + appId + ", " + channels + ", " + context + "]";
  }
}
