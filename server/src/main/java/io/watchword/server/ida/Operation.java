package io.watchword.server.ida;

import java.util.Optional;

/** The three endpoints (contract ida 1.1). */
enum Operation {
  OTP("otp", "mosip.identity.otp"),
  AUTH("auth", "mosip.identity.auth"),
  KYC("kyc", "mosip.identity.kyc");

  private final String path;
  private final String id;

  Operation(String path, String id) {
    this.path = path;
    this.id = id;
  }

  /** The first segment below the prefix. */
  String path() {
    return path;
  }

  /** What a request's and a reply's {@code id} say. */
  String id() {
    return id;
  }

  static Optional<Operation> at(String segment) {
    for (Operation operation : values()) {
      if (operation.path.equals(segment)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
