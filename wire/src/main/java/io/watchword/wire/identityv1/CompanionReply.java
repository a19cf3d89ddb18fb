package io.watchword.wire.identityv1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply of the static PIN and VID calls (contract identity-v1 6 and 7.3).
 *
 * @param status {@code Y} or {@code N}
 * @param err empty on success
 * @param response of the VID calls; left out otherwise
 */
public record CompanionReply(
    String id,
    String version,
    String responseTime,
    String status,
    List<Fault> err,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Vid response) {

  /** A VID. */
  public record Vid(String vid) {

    /** Without it. */
    @Override
    public String toString() {
      return "Vid[sealed]";
    }
  }
}
