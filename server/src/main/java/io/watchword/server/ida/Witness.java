package io.watchword.server.ida;

import java.util.List;
import java.util.Map;

/** Is told how each request ended, for people who want to know why they were refused. */
public interface Witness {

  /**
   * @param operation {@code otp}, {@code auth} or {@code kyc}
   * @param partner as the path says it; empty if it has none
   * @param transaction empty unless it has the form of one
   * @param step that refused, or empty
   * @param codes that were answered; empty: accepted
   * @param detail expected and received, never a secret
   */
  void answered(
      String request,
      String operation,
      String partner,
      String transaction,
      String step,
      List<String> codes,
      Map<String, String> detail);
}
