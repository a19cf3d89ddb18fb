package io.watchword.server.settings;

/**
 * All settings, one record a group; every key is explained in {@code config/watchword.yaml}.
 *
 * @param server listening, limits of HTTP, logs
 * @param store where state lives
 * @param keys what protects it
 * @param languages in which people are on file and written to
 * @param attributes how stored attributes, wire names and comparison belong together
 * @param codes what all one-time codes have in common
 * @param budgets limits above single codes
 * @param letters how messages to people are written
 * @param doors the wire formats
 */
public record Settings(
    ServerSettings server,
    StoreSettings store,
    KeySettings keys,
    LanguageSettings languages,
    AttributeSettings attributes,
    CodeSettings codes,
    BudgetSettings budgets,
    LetterSettings letters,
    DoorSettings doors) {

  /** The settings group {@code doors}. */
  public record DoorSettings(IdaSettings ida) {}
}
