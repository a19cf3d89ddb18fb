package io.watchword.client.ida;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** The form of transaction ids (contract ida 2.1) and how they are made. */
final class TransactionIds {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]{10}");
  private static final long COUNT = 10_000_000_000L;

  private TransactionIds() {}

  static String checked(String transactionId) {
    if (!FORM.matcher(transactionId).matches()) {
      throw new IllegalArgumentException("a transaction id is ten letters or digits");
    }
    return transactionId;
  }

  static String random(SecureRandom random) {
    return String.format("%010d", random.nextLong(COUNT));
  }
}
