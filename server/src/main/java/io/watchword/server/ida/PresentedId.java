package io.watchword.server.ida;

import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierType;
import io.watchword.wire.ida.IdaError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code individualId} and {@code individualIdType} of a request (contract ida 2.6).
 *
 * @param errors what is wrong with them; empty exactly if {@code identifier} is there
 * @param identifier whom the request is about
 */
record PresentedId(List<IdaError> errors, Optional<Identifier> identifier) {

  static PresentedId of(JsonNode body, IdaSettings settings) {
    Member id = Member.of(body, "individualId");
    Member type = Member.of(body, "individualIdType");
    var errors = new ArrayList<IdaError>();
    if (id.wrongType()) {
      errors.add(IdaErrors.invalid("individualId"));
    } else if (id.orEmpty().isBlank()) {
      errors.add(IdaErrors.missing("individualId"));
    }
    Optional<IdentifierType> named = Optional.empty();
    if (type.wrongType()) {
      errors.add(IdaErrors.invalid("individualIdType"));
    } else if (type.text() != null) {
      named = named(type.text(), errors, settings);
    }
    if (!errors.isEmpty()) {
      return new PresentedId(errors, Optional.empty());
    }
    String value = id.orEmpty();
    Optional<IdentifierType> known = named.or(() -> settings.formats().typeOf(value));
    if (known.isEmpty()) {
      return new PresentedId(List.of(IdaErrors.invalid("individualId")), Optional.empty());
    }
    if (!settings.identifierTypes().contains(known.get())) {
      return new PresentedId(List.of(notServed(known.get().name())), Optional.empty());
    }
    return settings.formats().wellFormed(known.get(), value)
        ? new PresentedId(List.of(), Optional.of(new Identifier(known.get(), value)))
        : new PresentedId(List.of(malformed(known.get())), Optional.empty());
  }

  /** The type that the id's own shape shows, whatever the request says it is. */
  static Optional<Identifier> byShape(JsonNode body, IdaSettings settings) {
    return Member.of(body, "individualId")
        .filled()
        .flatMap(
            value -> settings.formats().typeOf(value).map(type -> new Identifier(type, value)));
  }

  private static Optional<IdentifierType> named(
      String text, List<IdaError> errors, IdaSettings settings) {
    if (text.isEmpty()) {
      errors.add(IdaErrors.missing("individualIdType"));
      return Optional.empty();
    }
    for (IdentifierType type : IdentifierType.values()) {
      if (type != IdentifierType.LOGIN_NAME && type.name().equals(text)) {
        if (!settings.identifierTypes().contains(type)) {
          errors.add(notServed(text));
        }
        return Optional.of(type);
      }
    }
    errors.add(IdaErrors.invalid("individualIdType"));
    return Optional.empty();
  }

  private static IdaError notServed(String type) {
    return IdaErrors.of(
        "IDA-MLC-015", "Identity Type - " + type + " not configured for the country");
  }

  private static IdaError malformed(IdentifierType type) {
    return switch (type) {
      case UIN -> new IdaError("IDA-MLC-002", "Invalid UIN", "Please retry with the correct UIN");
      case VID -> new IdaError("IDA-MLC-004", "Invalid VID", "Please retry with correct VID");
      case HANDLE, LOGIN_NAME -> IdaErrors.invalid("individualId");
    };
  }
}
