package io.watchword.core.authentication;

import io.watchword.core.individual.Individual;
import io.watchword.core.partner.Admitted;

/** Names a person towards a caller, the same for a UIN and all its VIDs. */
public interface Pseudonyms {

  /**
   * @return 36 decimal digits
   */
  String of(Individual person, Admitted caller);
}
