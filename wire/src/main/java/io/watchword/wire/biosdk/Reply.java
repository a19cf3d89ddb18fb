package io.watchword.wire.biosdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client makes of the body of a reply (contract biosdk 2). Takes a result in its wrapper or
 * without it.
 */
public sealed interface Reply<T> {

  /**
   * There is an answer.
   *
   * @param statusCode {@code null} if there is none, or it is no whole number
   * @param response {@code null} if there is none
   */
  record Answered<T>(@Nullable Integer statusCode, @Nullable T response) implements Reply<T> {}

  /**
   * The service tells of errors.
   *
   * @param errors at least one
   */
  record Faulty<T>(List<ServiceError> errors) implements Reply<T> {}

  /** Not of the contract's form. */
  record Unreadable<T>() implements Reply<T> {}

  /**
   * Reads a body. It is held as a tree, which may take ten times its size: who receives it sets its
   * limit.
   */
  static <T> Reply<T> read(byte[] body, Class<T> type) {
    Optional<JsonNode> root = BioSdkJson.tree(body);
    if (root.isEmpty() || !root.get().isObject()) {
      return new Unreadable<>();
    }
    JsonNode errors = root.get().path("errors");
    if (!absent(errors)) {
      if (!errors.isArray()) {
        return new Unreadable<>();
      }
      if (!errors.isEmpty()) {
        return faulty(errors);
      }
    }
    JsonNode response = root.get().path("response");
    boolean wrapped =
        response.isObject() && (response.has("statusCode") || response.has("response"));
    JsonNode code = (wrapped ? response : root.get()).path("statusCode");
    Integer statusCode = code.isIntegralNumber() && code.canConvertToInt() ? code.intValue() : null;
    JsonNode result = wrapped ? response.path("response") : response;
    if (absent(result)) {
      return new Answered<>(statusCode, null);
    }
    Optional<T> read = BioSdkJson.read(result, type);
    return read.isPresent() ? new Answered<>(statusCode, read.get()) : new Unreadable<>();
  }

  private static <T> Reply<T> faulty(JsonNode errors) {
    var read = new ArrayList<ServiceError>();
    for (JsonNode each : errors) {
      read.add(BioSdkJson.read(each, ServiceError.class).orElse(new ServiceError("", "")));
    }
    return new Faulty<>(List.copyOf(read));
  }

  /** V writes {@code ""} where there is no answer. */
  private static boolean absent(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || (node.isString() && node.stringValue().isEmpty());
  }
}
