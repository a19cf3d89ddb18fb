package io.watchword.wire.kernel;

/**
 * The {@code response} of {@code otp/generate} (contract kernel B.1).
 *
 * @param otp the code, or the text {@code null}
 * @param status {@code GENERATION_SUCCESSFUL} or {@code USER_BLOCKED}
 */
public record OtpReply(String otp, String status) {

  /** Without the code. */
  @Override
  public String toString() {
    return "OtpReply[" + status + "]";
  }
}
