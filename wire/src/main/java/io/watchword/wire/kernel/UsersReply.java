package io.watchword.wire.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code response} of {@code userdetails} (contract kernel A.10).
 *
 * @param totalCount how many there are on all pages of a search; {@code null}: nothing was searched
 */
public record UsersReply(
    List<UserReply> mosipUserDtoList,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer totalCount) {

  /** Without the persons. */
  @Override
  public String toString() {
    return "UsersReply[" + mosipUserDtoList.size() + "]";
  }
}
