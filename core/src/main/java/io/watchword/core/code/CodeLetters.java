package io.watchword.core.code;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Letter;
import io.watchword.core.delivery.LetterKind;
import io.watchword.core.delivery.LetterTime;
import io.watchword.core.delivery.Letters;
import io.watchword.core.individual.Identifier;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the letters that bring a code, with the variables of contract ida 6.6.
 *
 * @param zone in which dates and times are told
 */
public record CodeLetters(Letters letters, ZoneId zone) {

  /**
   * A letter with a code, in the languages of who gets it.
   *
   * @param channel on which the recipient has an address
   */
  Letter compose(
      Channel channel,
      SendCode.Request request,
      Recipient recipient,
      String code,
      Instant now,
      Duration lifetime) {
    Map<String, String> variables = new LinkedHashMap<>(request.wording().variables());
    variables.putAll(facts(request.identifier(), now));
    variables.put("otp", code);
    variables.put("validTime", Long.toString(lifetime.toMinutes()));
    recipient.names().forEach((language, name) -> variables.put("name_" + language, name));
    return letters.compose(
        LetterKind.OTP,
        request.wording().family(),
        channel,
        Objects.requireNonNull(recipient.addresses().get(channel)),
        recipient.languages(),
        variables);
  }

  /** What every letter may tell: the identifier, masked, and when. */
  public Map<String, String> facts(Identifier identifier, Instant now) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("idvid", identifier.masked());
    variables.put("idvidType", identifier.type().name());
    LetterTime.of(now, zone).into(variables);
    return variables;
  }
}
