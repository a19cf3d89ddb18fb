package io.watchword.matching.finger;

import io.watchword.matching.finger.FingerRecord.NotTheFormat;
import io.watchword.matching.finger.FingerRecord.Unreadable;

/** Ends the reading of a record; without a stack trace, since anybody can cause it. */
final class Refused extends Exception {

  private final transient Unreadable reason;

  Refused(Unreadable reason) {
    super(reason.detail(), null, false, false);
    this.reason = reason;
  }

  static Refused malformed(String detail) {
    return new Refused(new NotTheFormat(detail));
  }

  Unreadable reason() {
    return reason;
  }
}
