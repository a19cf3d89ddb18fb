package io.watchword.server.identityv1;

import io.watchword.wire.identityv1.Fault;
import java.util.Map;

/** The action codes of contract identity-v1 4.8, by fault. */
final class Actions {

  private static final Map<String, String> BY_CODE =
      Map.ofEntries(
          Map.entry("IDA-MLC-002", "A0101"),
          Map.entry("IDA-MLC-003", "A0102"),
          Map.entry("IDA-MLC-012", "A0102"),
          Map.entry("IDA-MLC-004", "A0103"),
          Map.entry("IDA-MLC-005", "A0104"),
          Map.entry("IDA-OTA-001", "A0105"),
          Map.entry("IDA-OTA-002", "A0106"),
          Map.entry("IDA-OTA-005", "A0107"),
          Map.entry("IDA-OTA-007", "A0107"),
          Map.entry("IDA-OTA-006", "A0108"),
          Map.entry("IDA-OTA-004", "A0109"),
          Map.entry("IDA-MLC-101", "A0110"),
          Map.entry("IDA-DEA-001", "A0111"),
          Map.entry("IDA-DEA-002", "A0112"),
          Map.entry("IDA-MLC-001", "A0113"),
          Map.entry("IDA-DEA-011", "A0123"),
          Map.entry("IDA-DEA-012", "A0124"),
          Map.entry("IDA-DEA-013", "A0126"),
          Map.entry("IDA-DEA-028", "A0127"),
          Map.entry("IDA-DEA-023", "A0137"),
          Map.entry("IDA-DEA-024", "A0138"),
          Map.entry("IDA-DEA-025", "A0139"),
          Map.entry("IDA-DEA-026", "A0140"),
          Map.entry("IDA-DEA-027", "A0141"),
          Map.entry("IDA-DEA-033", "A0142"),
          Map.entry("IDA-BIA-001", "A0143"),
          Map.entry("IDA-BIA-009", "A0144"),
          Map.entry("IDA-BIA-003", "A0145"),
          Map.entry("IDA-BIA-005", "A0147"),
          Map.entry("IDA-BIA-015", "A0148"),
          Map.entry("IDA-BIA-016", "A0149"),
          Map.entry("IDA-BIA-018", "A0150"),
          Map.entry("IDA-SPA-001", "A0151"));

  private Actions() {}

  /** The fault with its action, if it has one. */
  static Fault on(Fault fault) {
    return new Fault(fault.code(), fault.message(), BY_CODE.get(fault.code()));
  }
}
