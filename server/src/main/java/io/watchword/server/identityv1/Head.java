package io.watchword.server.identityv1;

import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierType;
import io.watchword.wire.identityv1.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/**
 * What every request of the two APIs has around its factors (contract identity-v1 1.5).
 *
 * @param identifier of the person; its form is right
 */
record Head(String tsp, String licenceKey, String transaction, Identifier identifier) {

  private static final Pattern TRANSACTION = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern TSP = Pattern.compile("[A-Za-z0-9_-]{1,36}");
  private static final Pattern LICENCE = Pattern.compile("[\\x21-\\x7e]{1,64}");
  private static final int LONGEST_IDENTIFIER = 128;

  /** In which order an API reports what is wrong. */
  enum Order {
    /** Contract identity-v1 3.2, step 3. */
    AUTH,
    /** Contract identity-v1 2.2, step 4. */
    OTP
  }

  /**
   * Checks everything and reports all faults together.
   *
   * @param id that the API has
   */
  static Head of(Node body, String id, Order order, IdentifierFormats formats) throws Refused {
    List<Fault> faults = new ArrayList<>();
    text(body, "id", Pattern.compile(Pattern.quote(id)), faults);
    Optional<Identifier> identifier = Optional.empty();
    if (order == Order.AUTH) {
      identifier = ofBody(body, formats, faults);
    }
    String tsp = text(body, "tspID", TSP, faults);
    String licence = text(body, "licenseKey", LICENCE, faults);
    String transaction = text(body, "transactionID", TRANSACTION, faults);
    if (order == Order.AUTH && !body.object("requestedAuth").present()) {
      faults.add(Faults.missing("requestedAuth"));
    }
    if (!body.get("request").present()) {
      faults.add(Faults.missing("request"));
    } else if (!body.object("request").object("identity").present()) {
      faults.add(Faults.missing("identity"));
    }
    if (order == Order.OTP) {
      identifier = ofBody(body, formats, faults);
    }
    if (!faults.isEmpty() || identifier.isEmpty()) {
      throw new Refused(faults);
    }
    return new Head(tsp, licence, transaction, identifier.get());
  }

  /** The transaction as it is sent back: what is none is not repeated. */
  static @Nullable String echo(Node body) {
    String transaction = body.text("transactionID");
    return transaction != null && TRANSACTION.matcher(transaction).matches() ? transaction : null;
  }

  private static String text(Node body, String name, Pattern form, List<Fault> faults) {
    String text = body.text(name);
    if (text == null || (text.isBlank() && body.get(name).json() instanceof StringNode)) {
      faults.add(Faults.missing(name));
      return "";
    }
    if (!form.matcher(text).matches()) {
      faults.add(Faults.invalid(name));
    }
    return text;
  }

  private static Optional<Identifier> ofBody(
      Node body, IdentifierFormats formats, List<Fault> faults) throws Refused {
    Node request = body.object("request");
    return request.object("identity").present()
        ? identifier(request, formats, faults)
        : Optional.empty();
  }

  /**
   * Whom a request is about; the UIN if it names both.
   *
   * @param request the member {@code request}
   * @param faults gets what is wrong
   */
  static Optional<Identifier> identifier(
      Node request, IdentifierFormats formats, List<Fault> faults) throws Refused {
    Node identity = request.object("identity");
    Fault fault = Faults.missing("UIN/VID");
    Optional<Identifier> found = Optional.empty();
    if (identity.filled("UIN").isPresent()) {
      fault = Faults.BAD_UIN;
      found = identifier(identity, IdentifierType.UIN, formats);
    } else if (identity.filled("VID").isPresent()) {
      fault = Faults.BAD_VID;
      found = identifier(identity, IdentifierType.VID, formats);
    }
    if (found.isEmpty()) {
      faults.add(fault);
    }
    return found;
  }

  private static Optional<Identifier> identifier(
      Node identity, IdentifierType type, IdentifierFormats formats) {
    return identity
        .filled(type.name())
        .filter(text -> text.length() <= LONGEST_IDENTIFIER)
        .map(text -> withoutBlanks(text))
        .filter(text -> wellFormed(type, text, formats))
        .map(text -> new Identifier(type, text));
  }

  /** Contract identity-v1 7.1 and 7.2. */
  static boolean wellFormed(IdentifierType type, String text, IdentifierFormats formats) {
    return formats.wellFormed(type, text) && text.charAt(0) != '0' && text.charAt(0) != '1';
  }

  static String withoutBlanks(String text) {
    var kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /** Without the licence key and the identifier. */
  @Override
  public String toString() {
    return "Head[" + tsp + ", " + transaction + "]";
  }
}
