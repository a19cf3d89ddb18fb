package io.watchword.core.individual;

import io.watchword.core.unit.Table;
import java.util.List;

/**
 * A person's static PIN (contract identity-v1 6).
 *
 * @param hash as {@link io.watchword.core.secret.SlowHash} made it
 * @param former hashes of the PINs before, the latest first, as many as the settings keep
 */
public record StaticPin(String hash, List<String> former) {

  /** Keyed by person id. */
  public static final Table<StaticPin> TABLE = Table.sealed("static_pins", StaticPin.class);

  public StaticPin {
    former = List.copyOf(former);
  }

  @Override
  public String toString() {
    return "StaticPin[hashed]";
  }
}
