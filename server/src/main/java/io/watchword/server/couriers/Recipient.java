package io.watchword.server.couriers;

import io.watchword.core.account.Account;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.Individual;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person, or the holder of an account, as letters see them.
 *
 * @param mail the mail address, if there is one
 * @param phone the number as it stands on file, if there is one
 * @param languages ISO 639-3, in the person's order; may be empty
 * @param names by language
 */
public record Recipient(
    Optional<String> mail,
    Optional<String> phone,
    List<String> languages,
    Map<String, String> names) {

  /** Somebody on file. */
  public static Recipient of(Individual individual) {
    return new Recipient(
        individual.plain(Individual.EMAIL),
        individual.plain(Individual.PHONE),
        individual.plain(Individual.PREFERRED_LANGUAGE).map(List::of).orElse(List.of()),
        individual.attributes().get(Individual.FULL_NAME)
                instanceof Attribute.Localized(Map<String, String> names)
            ? names
            : Map.of());
  }

  /** Whoever holds an account: by its own addresses, whatever else is on file about them. */
  public static Recipient of(Account account) {
    String language = account.language();
    String name = account.name();
    return new Recipient(
        account.address(Channel.EMAIL),
        account.address(Channel.PHONE),
        language == null ? List.of() : List.of(language),
        language == null || name == null ? Map.of() : Map.of(language, name));
  }

  @Override
  public String toString() {
    return "Recipient[…]";
  }
}
