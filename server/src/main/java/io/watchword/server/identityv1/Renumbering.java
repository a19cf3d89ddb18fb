package io.watchword.server.identityv1;

import io.watchword.server.settings.IdentityV1DoorSettings.Numbering;
import io.watchword.wire.identityv1.Fault;
import java.util.Map;

/** Writes faults in one of their two published numberings (contract identity-v1 4). */
final class Renumbering {

  private static final Map<String, String> TO_B =
      Map.ofEntries(
          Map.entry("IDA-MLC-101", "IDA-MLC-007"),
          Map.entry("IDA-IDV-002", "IDA-MLC-009"),
          Map.entry("IDA-IDV-003", "IDA-MLC-006"),
          Map.entry("IDA-RQV-101", "IDA-MLC-007"),
          Map.entry("IDA-OTA-008", "IDA-MLC-015"),
          Map.entry("IDA-OTA-010", "IDA-OTA-008"),
          Map.entry("IDA-OTA-011", "IDA-OTA-009"),
          Map.entry("IDA-DEA-002", "IDA-DEA-001"),
          Map.entry("IDA-DEA-003", "IDA-MLC-015"),
          Map.entry("IDA-DEA-004", "IDA-DEA-002"),
          Map.entry("IDA-DEA-011", "IDA-DEA-001"),
          Map.entry("IDA-DEA-012", "IDA-DEA-001"),
          Map.entry("IDA-DEA-013", "IDA-DEA-001"),
          Map.entry("IDA-DEA-022", "IDA-DEA-004"),
          Map.entry("IDA-DEA-023", "IDA-DEA-003"),
          Map.entry("IDA-DEA-024", "IDA-DEA-003"),
          Map.entry("IDA-DEA-025", "IDA-DEA-001"),
          Map.entry("IDA-DEA-026", "IDA-DEA-003"),
          Map.entry("IDA-DEA-027", "IDA-DEA-003"),
          Map.entry("IDA-DEA-028", "IDA-DEA-001"),
          Map.entry("IDA-DEA-029", "IDA-EKA-001"),
          Map.entry("IDA-DEA-030", "IDA-MLC-014"),
          Map.entry("IDA-DEA-031", "IDA-EKA-002"),
          Map.entry("IDA-DEA-032", "IDA-MPA-013"),
          Map.entry("IDA-DEA-033", "IDA-DEA-003"),
          Map.entry("IDA-SPA-002", "IDA-MLC-015"),
          Map.entry("IDA-SPA-003", "IDA-SPA-002"));

  private static final Map<String, String> TEXTS_OF_B =
      Map.of(
          "IDA-MLC-010", "Could not generate VID",
          "IDA-MLC-101", "Request could not be processed. Please try again",
          "IDA-RQV-101", "Request could not be processed. Please try again",
          "IDA-OTA-002", "Request to be received at MOSIP within 20 min",
          "IDA-OTA-007", "Input transactionID does not match transactionID of OTP Request",
          "IDA-OTA-008", "Missing otp auth attribute");

  private Renumbering() {}

  /** The fault, which is numbered as in set A, in this numbering. */
  static Fault of(Fault fault, Numbering numbering) {
    return switch (numbering) {
      case A -> fault;
      case B ->
          new Fault(
              TO_B.getOrDefault(fault.code(), fault.code()),
              TEXTS_OF_B.getOrDefault(fault.code(), fault.message()),
              fault.action());
    };
  }
}
