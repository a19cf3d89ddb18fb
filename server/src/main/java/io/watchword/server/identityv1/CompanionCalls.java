package io.watchword.server.identityv1;

import io.helidon.http.Status;
import io.watchword.core.individual.GenerateVid;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.individual.StorePin;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.session.Session;
import io.watchword.server.http.Overloaded;
import io.watchword.server.identityv1.V1Exchange.Answer;
import io.watchword.server.identityv1.V1Exchange.Incoming;
import io.watchword.server.kernel.Caller;
import io.watchword.server.settings.IdentityV1DoorSettings;
import io.watchword.wire.identityv1.CompanionReply;
import io.watchword.wire.identityv1.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The static PIN and VID calls (contract identity-v1 6 and 7.3), for programs of the deployment
 * itself, which show a token of the kernel services.
 */
public final class CompanionCalls {

  private static final String PIN_ID = "mosip.identity.static-pin";
  private static final String SIX_DIGITS = "[0-9]{6}";

  private final IdentityV1DoorSettings settings;
  private final IdentifierFormats formats;
  private final Caller callers;
  private final StorePin pins;
  private final GenerateVid vids;

  public CompanionCalls(
      IdentityV1DoorSettings settings, Caller callers, StorePin pins, GenerateVid vids) {
    this.settings = settings;
    this.formats = settings.formats();
    this.callers = callers;
    this.pins = pins;
    this.vids = vids;
  }

  /** Contract identity-v1 6. */
  Answer storePin(Incoming incoming) throws Refused {
    String caller = admit(incoming);
    Duration age = incoming.time().age(incoming.now());
    long hours = settings.receivedWithin().toHours();
    if (age.toHours() > hours || age.plus(settings.clockSkew()).isNegative()) {
      throw new Refused(Faults.untimely(hours));
    }
    List<Fault> faults = new ArrayList<>();
    String id = incoming.body().filled("id").orElse("");
    if (!id.equals(PIN_ID)) {
      faults.add(id.isEmpty() ? Faults.missing("id") : Faults.invalid("id"));
    }
    Node request = incoming.body().object("request");
    Optional<Identifier> identifier = Head.identifier(request, formats, faults);
    Optional<String> pin = request.filled("staticPin");
    if (pin.isEmpty()) {
      faults.add(Faults.missing("staticPin"));
    } else if (!pin.get().matches(SIX_DIGITS)
        || (settings.pins().refuseTrivial() && trivial(pin.get()))) {
      faults.add(Faults.invalid("staticPin"));
    }
    if (!faults.isEmpty() || identifier.isEmpty() || pin.isEmpty()) {
      throw new Refused(faults);
    }
    StorePin.Outcome outcome;
    try {
      outcome =
          pins.store(
              new StorePin.Request(
                  IdentityV1Door.NAME, caller, identifier.get(), pin.get(), incoming.id()));
    } catch (SlowHash.Busy e) {
      throw new Overloaded("too many secrets are being hashed");
    }
    return switch (outcome) {
      case StorePin.Stored() -> Answer.of(null);
      case StorePin.UsedBefore() -> throw new Refused(Faults.PIN_NOT_STORED);
      case StorePin.NotServed(StandingRefusal why) -> throw new Refused(Spelling.standing(why));
    };
  }

  /** All digits equal, or each one more or one less than the one before. */
  private static boolean trivial(String pin) {
    int step = pin.charAt(1) - pin.charAt(0);
    for (int i = 1; i < pin.length(); i++) {
      if (pin.charAt(i) - pin.charAt(i - 1) != step) {
        return false;
      }
    }
    return Math.abs(step) <= 1;
  }

  /** Contract identity-v1 7.3. */
  Answer generateVid(Incoming incoming) throws Refused {
    return answer(vids.generate(vid(incoming)));
  }

  /** The same without making one (contract identity-v1, amendment 4). */
  Answer existingVid(Incoming incoming) throws Refused {
    GenerateVid.Outcome outcome = vids.existing(vid(incoming));
    return outcome instanceof GenerateVid.InForce(String vid)
        ? Answer.of(new CompanionReply.Vid(vid))
        : answer(outcome);
  }

  private GenerateVid.Request vid(Incoming incoming) throws Refused {
    String caller = admit(incoming);
    String uin = incoming.request().path().pathParameters().first("uin").orElse("");
    if (!Head.wellFormed(IdentifierType.UIN, uin, formats)) {
      throw new Refused(Faults.BAD_UIN);
    }
    return new GenerateVid.Request(
        IdentityV1Door.NAME, caller, new Identifier(IdentifierType.UIN, uin), incoming.id());
  }

  private static Answer answer(GenerateVid.Outcome outcome) throws Refused {
    return switch (outcome) {
      case GenerateVid.Generated(String vid) -> Answer.of(new CompanionReply.Vid(vid));
      case GenerateVid.InForce(String vid) ->
          new Answer(List.of(Faults.VID_IN_FORCE), new CompanionReply.Vid(vid));
      case GenerateVid.None() -> throw new Refused(Faults.BAD_VID);
      case GenerateVid.Exhausted() -> throw new Refused(Faults.VID_NOT_MADE);
      case GenerateVid.NotServed(StandingRefusal why) -> throw new Refused(Spelling.standing(why));
    };
  }

  /** The caller's name for the audit. */
  private String admit(Incoming incoming) throws Refused {
    try {
      Session session =
          callers.admit(incoming.request(), settings.companionRoles(), incoming.now());
      if (session.holder().kind() != Session.Kind.CLIENT) {
        // A person who has the role would act for everybody.
        throw new Refused(Status.FORBIDDEN_403, List.of(Faults.of("KER-ATH-403", "Forbidden")));
      }
      incoming.admitted();
      return session.application().isEmpty() ? "session/" + session.id() : session.application();
    } catch (io.watchword.server.kernel.Refused e) {
      throw new Refused(
          e.status(),
          e.errors().stream().map(error -> Faults.of(error.errorCode(), error.message())).toList());
    }
  }
}
