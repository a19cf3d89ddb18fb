package io.watchword.core.session;

import io.watchword.core.code.CodeRefusal;
import io.watchword.core.individual.StandingRefusal;

/** Why somebody is not let in; that what they gave is wrong is an answer, not a refusal. */
public sealed interface LogInRefusal {

  /** The person, the account or the application is not served. */
  record NotServed(StandingRefusal why) implements LogInRefusal {}

  /** The person has locked the factor. */
  record Locked(String factor) implements LogInRefusal {}

  /** The code got no answer. */
  record NoAnswer(CodeRefusal why) implements LogInRefusal {}

  /** Too many wrong passwords or secrets; nothing was compared. */
  record Shut() implements LogInRefusal {}

  /** Too many passwords at the same time; nothing was compared. */
  record Busy() implements LogInRefusal {}
}
