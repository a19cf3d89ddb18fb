package io.watchword.core.individual;

import io.watchword.core.unit.Table;

/**
 * A person's face picture.
 *
 * @param image the encoded image (JPEG or PNG), at most 512 KiB
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; kept out of toString
public record Portrait(byte[] image) {

  /** Keyed by person id. */
  public static final Table<Portrait> TABLE = Table.sealed("portraits", Portrait.class);

  @Override
  public String toString() {
    return "Portrait[sealed]";
  }
}
