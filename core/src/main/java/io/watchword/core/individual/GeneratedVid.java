package io.watchword.core.individual;

import io.watchword.core.unit.Table;
import java.time.Instant;

/**
 * The VID that a person was given last by {@link GenerateVid}, to be told again while it is in
 * force.
 *
 * @param vid in clear, in a sealed row
 */
public record GeneratedVid(String vid, Instant expiresAt) {

  /** Keyed by person id. */
  public static final Table<GeneratedVid> TABLE =
      Table.sealed("generated_vids", GeneratedVid.class);

  @Override
  public String toString() {
    return "GeneratedVid[sealed]";
  }
}
