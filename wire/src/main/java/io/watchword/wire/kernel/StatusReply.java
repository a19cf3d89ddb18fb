package io.watchword.wire.kernel;

/**
 * The {@code response} of most calls.
 *
 * @param status {@code success}, or {@code failure} where the call was made in order and the answer
 *     is no
 * @param message for example {@code VALIDATION_SUCCESSFUL}
 */
public record StatusReply(String status, String message) {

  public static StatusReply success(String message) {
    return new StatusReply("success", message);
  }

  public static StatusReply failure(String message) {
    return new StatusReply("failure", message);
  }
}
