package io.watchword.server.people;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.audit.Noted;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Directory.Found;
import io.watchword.core.individual.EnrolledBiometrics;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Portrait;
import io.watchword.core.individual.Sample;
import io.watchword.core.individual.Standing;
import io.watchword.core.unit.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is on file about one person, for an operator at the server's own terminal. */
public final class Show {

  private final Store store;
  private final Directory directory;
  private final IdentifierFormats formats;
  private final AuditTrail audit;
  private final InstantSource clock;

  public Show(
      Store store,
      Directory directory,
      IdentifierFormats formats,
      AuditTrail audit,
      InstantSource clock) {
    this.store = store;
    this.directory = directory;
    this.formats = formats;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A line for each thing on file. The token and a fictitious person's code are never shown. Who
   * sees identifiers and addresses in clear is in the audit first; without the record nothing is
   * shown.
   *
   * @param operator who looks
   * @param presented UIN, VID or handle
   * @param full whether identifiers and addresses stand in clear; otherwise they are masked
   * @return empty if nobody has the identifier
   */
  public Optional<String> text(String operator, String presented, boolean full) {
    return formats
        .typeOf(presented)
        .map(type -> new Identifier(type, presented))
        .flatMap(identifier ->
            directory
                .find(identifier)
                .map(found -> {
                  if (full) {
                    store.commit(
                        new Noted(audit, record(operator, found.person(), "individual.show=full")));
                  }
                  return text(identifier, found, full);
                }));
  }

  /**
   * Somebody's biometrics as CBEFF XML. Who takes them out is in the audit first.
   *
   * @param operator who does
   * @param presented UIN, VID or handle
   * @return empty if nobody has the identifier, or nothing is on file
   */
  public Optional<byte[]> biometrics(String operator, String presented) {
    return formats
        .typeOf(presented)
        .flatMap(type -> directory.find(new Identifier(type, presented)))
        .flatMap(found -> {
          EnrolledBiometrics row = store.read(EnrolledBiometrics.TABLE.key(found.person()));
          if (row == null || row.samples().isEmpty()) {
            return Optional.empty();
          }
          store.commit(new Noted(audit, record(operator, found.person(), "individual.biometrics")));
          return Optional.of(CbeffFiles.write(new TreeMap<>(row.samples())));
        });
  }

  private AuditRecord record(String operator, String person, String what) {
    return new AuditRecord(
        clock.instant(),
        AuditRecord.Event.ADMINISTRATION,
        "admin",
        operator,
        person,
        "",
        AuditRecord.ACCEPTED,
        List.of(what),
        "");
  }

  private String text(Identifier identifier, Found found, boolean full) {
    var text = new StringBuilder(512);
    Individual person = found.individual();
    line(text, "person", found.person());
    line(text, identifier.type().name(), shown(identifier, full) + state(found.identifier()));
    if (person.uin() != null && !person.uin().equals(identifier.value())) {
      line(text, "UIN", shown(new Identifier(IdentifierType.UIN, person.uin()), full));
    }
    if (person.fixedCode() != null) {
      line(text, "fictitious", "yes");
    }
    standing(text, found.person());
    line(text, "portrait", directory.portrait(found.person()).map(Show::size).orElse("none"));
    biometrics(text, found.person());
    new TreeMap<>(person.attributes())
        .forEach((name, attribute) -> attribute(text, name, attribute, full));
    return text.toString();
  }

  private void biometrics(StringBuilder text, String person) {
    EnrolledBiometrics row = store.read(EnrolledBiometrics.TABLE.key(person));
    Map<Modality, List<Sample>> samples = row == null ? Map.of() : row.samples();
    new TreeMap<>(samples)
        .forEach((modality, each) ->
            line(
                text,
                modality.name().toLowerCase(java.util.Locale.ROOT),
                each.stream()
                    .map(sample -> sample.position().isEmpty() ? "1" : sample.position())
                    .collect(Collectors.joining(", "))));
  }

  private static String state(IdentifierRow row) {
    return ", "
        + row.state().name().toLowerCase(java.util.Locale.ROOT)
        + (row.expiresAt() == null ? "" : ", expires " + row.expiresAt())
        + (row.usesLeft() == null ? "" : ", uses left " + row.usesLeft());
  }

  private void standing(StringBuilder text, String person) {
    Standing row = store.read(Standing.key(person));
    Standing standing = row == null ? Standing.GOOD : row;
    line(
        text,
        "state",
        standing.deactivatedAt() == null
            ? "active"
            : "deactivated since " + standing.deactivatedAt());
    new TreeMap<>(standing.locks())
        .forEach((code, lock) ->
            line(
                text,
                "locked",
                code + (lock.openUntil() == null ? "" : ", open until " + lock.openUntil())));
  }

  private static void attribute(
      StringBuilder text, String name, Attribute attribute, boolean full) {
    switch (attribute) {
      case Attribute.Plain(String value) -> line(text, name, full ? value : masked(name, value));
      case Attribute.Localized(Map<String, String> values) ->
          values.forEach((language, value) -> line(text, name + "_" + language, value));
    }
  }

  private static String masked(String name, String value) {
    return switch (name) {
      case Individual.PHONE -> Channel.PHONE.masked(value);
      case Individual.EMAIL -> Channel.EMAIL.masked(value);
      default -> value;
    };
  }

  private static String shown(Identifier identifier, boolean full) {
    return full ? identifier.value() : identifier.masked();
  }

  private static String size(Portrait portrait) {
    return portrait.image().length + " bytes";
  }

  /** Values are old data from elsewhere: nothing in them may steer the operator's terminal. */
  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ");
    value.codePoints().map(c -> steers(c) ? '?' : c).forEach(text::appendCodePoint);
    text.append('\n');
  }

  /** Control characters, and those that override the direction of what follows. */
  private static boolean steers(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
