package io.watchword.wire.identityv1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code err} (contract identity-v1 1.3).
 *
 * @param code such as {@code IDA-MLC-002}
 * @param message for people
 * @param action what an operator looks up, such as {@code A0101}; {@code null}: not told
 */
public record Fault(
    String code,
    String message,
    @JsonProperty("actnCode") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String action) {

  /** A fault without an action. */
  public Fault(String code, String message) {
    this(code, message, null);
  }
}
