package io.watchword.server.fuzz;

/** Has a fault behind three comparisons, which nobody hits who does not look where inputs lead. */
public final class PlantedTarget {

  private PlantedTarget() {}

  /** Called once. */
  public static void fuzzerInitialize() {}

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (bytes.length > 8 && bytes[2] == 'B' && bytes[5] == 'I' && bytes[7] == 'R') {
      throw new IllegalStateException("planted");
    }
  }
}
