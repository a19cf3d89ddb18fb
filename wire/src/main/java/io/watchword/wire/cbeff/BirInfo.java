package io.watchword.wire.cbeff;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a record as such (contract biosdk 3 and 7). What is absent is {@code null}.
 *
 * @param index a UUID; in JSON any text
 * @param payload for whoever made it, up to {@link CbeffReader#MAX_BLOCK} bytes
 * @param integrity whether the record is protected against changes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BirInfo(
    @Nullable String creator,
    @Nullable String index,
    byte @Nullable [] payload,
    boolean integrity,
    @Nullable Instant creationDate,
    @Nullable Instant notValidBefore,
    @Nullable Instant notValidAfter) {

  /** As nearly all records have it. */
  public static final BirInfo PLAIN = new BirInfo(null, null, null, false, null, null, null);

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "BirInfo[sealed]";
  }
}
