package io.watchword.client.kernel;

/** The calls that this client makes; the same error code may mean different things in them. */
enum Call {
  SEND_CODE("mosip.authentication.sendotp"),
  LOG_IN_BY_CODE("mosip.authentication.useridOTP"),
  LOG_IN_BY_SECRET("mosip.authentication.clientidsecretkey"),
  VALIDATE_TOKEN(""),
  RENEW_TOKEN(""),
  LOG_OUT(""),
  GENERATE_CODE("mosip.otp.generateOTP"),
  VALIDATE_CODE("mosip.otp.validateOTP");

  private final String id;

  Call(String id) {
    this.id = id;
  }

  /** Member {@code id} of requests (contract kernel 1.1). */
  String id() {
    return id;
  }

  boolean isAboutTokens() {
    return this == VALIDATE_TOKEN || this == RENEW_TOKEN || this == LOG_OUT;
  }

  /** Whether the service admits callers by token, through the adapter of contract kernel E.2. */
  boolean needsToken() {
    return this == GENERATE_CODE || this == VALIDATE_CODE;
  }
}
