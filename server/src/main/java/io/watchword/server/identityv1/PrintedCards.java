package io.watchword.server.identityv1;

import io.watchword.server.print.Card;
import io.watchword.server.print.CardPrinter;
import io.watchword.server.print.CardUnprintable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints cards, and tells the operator why one could not be. */
public final class PrintedCards implements Cards {

  private static final Logger LOG = LoggerFactory.getLogger(PrintedCards.class);
  private static final List<String> LIMITED = List.of("name", "gender");
  private static final List<String> FULL =
      List.of("name", "dateOfBirth", "gender", "phoneNumber", "emailId");
  private static final List<String> ADDRESS =
      List.of(
          "addressLine1",
          "addressLine2",
          "addressLine3",
          "location1",
          "location2",
          "location3",
          "pinCode");

  private final CardPrinter printer;
  private final InstantSource clock;

  public PrintedCards(CardPrinter printer, InstantSource clock) {
    this.printer = printer;
    this.clock = clock;
  }

  @Override
  public Optional<byte[]> print(
      Map<String, Map<String, String>> texts,
      List<String> languages,
      String maskedUin,
      byte @Nullable [] photo) {
    // A level that gives out the date of birth is the full one (contract identity-v1 9.2).
    List<Card.Field> fields = new ArrayList<>();
    for (String name : texts.containsKey("dateOfBirth") ? FULL : LIMITED) {
      fields.add(field(name, Card.Block.IDENTITY, texts));
    }
    for (String name : ADDRESS) {
      fields.add(field(name, Card.Block.ADDRESS, texts));
    }
    try {
      return Optional.of(
          printer.print(new Card(languages, maskedUin, fields, photo), clock.instant()));
    } catch (CardUnprintable e) {
      LOG.error("a card could not be printed: {}", e.getMessage(), e.getCause());
      return Optional.empty();
    }
  }

  private static Card.Field field(
      String name, Card.Block block, Map<String, Map<String, String>> texts) {
    return new Card.Field(name, block, texts.getOrDefault(name, Map.of()));
  }
}
