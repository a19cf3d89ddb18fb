package io.watchword.core.code;

import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.Individual;
import io.watchword.core.unit.Key;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who gets a code and gives it back, be they on file as an individual or as the holder of an
 * account.
 *
 * @param person internal id: of the individual, also where an account of theirs was named, so that
 *     all counters are about one person
 * @param subject internal id of what was named: the individual or the account
 * @param lookup the row of the identifier that led here
 * @param addresses where letters may go
 * @param names in words of languages, ISO 639-3
 * @param languages in which they want to be written to, best first; empty: not known
 * @param fixedCode for fictitious people of the demo profile; {@code null} for everyone else
 */
public record Recipient(
    String person,
    String subject,
    Key<IdentifierRow> lookup,
    Map<Channel, String> addresses,
    Map<String, String> names,
    List<String> languages,
    @Nullable String fixedCode) {

  public Recipient {
    addresses = Map.copyOf(addresses);
    names = Map.copyOf(names);
    languages = List.copyOf(languages);
  }

  /** An individual. */
  public static Recipient of(Directory.Found found) {
    Individual individual = found.individual();
    return new Recipient(
        found.person(),
        found.person(),
        found.key(),
        addresses(individual),
        individual.attributes().get(Individual.FULL_NAME)
                instanceof Attribute.Localized(Map<String, String> names)
            ? names
            : Map.of(),
        individual.plain(Individual.PREFERRED_LANGUAGE).map(List::of).orElse(List.of()),
        individual.fixedCode());
  }

  /** Whoever must be in good standing. */
  public List<String> people() {
    return person.equals(subject) ? List.of(person) : List.of(subject, person);
  }

  private static Map<Channel, String> addresses(Individual individual) {
    var addresses = new EnumMap<Channel, String>(Channel.class);
    for (Channel channel : Channel.values()) {
      individual
          .plain(
              switch (channel) {
                case EMAIL -> Individual.EMAIL;
                case PHONE -> Individual.PHONE;
              })
          .ifPresent(address -> addresses.put(channel, address));
    }
    return addresses;
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "Recipient[" + subject + "]";
  }
}
