package io.watchword.server.ida;

import io.watchword.core.partner.Admitted;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that passed the filter checks.
 *
 * @param incoming as received
 * @param body its JSON
 * @param inner its decrypted part
 * @param caller who asks and what the policy allows
 * @param now when the checks began: all of them look at the same clock
 */
record Entry(Incoming incoming, ObjectNode body, InnerForm inner, Admitted caller, Instant now) {

  String transaction() {
    return Member.of(body, "transactionID").orEmpty();
  }

  /** Empty if it is any other text: callers mix up members, and this is written down. */
  String wellFormedTransaction() {
    String transaction = transaction();
    return AuthForm.TRANSACTION.matcher(transaction).matches() ? transaction : "";
  }

  /** Without body and claims. */
  @Override
  public String toString() {
    return "Entry[" + incoming + "]";
  }
}
