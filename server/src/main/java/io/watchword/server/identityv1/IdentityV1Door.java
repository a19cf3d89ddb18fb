package io.watchword.server.identityv1;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.Demographics;
import io.watchword.core.authentication.SlowFactors;
import io.watchword.core.code.Recipient;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.kyc.ShareIdentity;
import io.watchword.core.partner.Admitted;
import io.watchword.core.partner.TspAdmission;
import io.watchword.server.identityv1.V1Exchange.Incoming;
import io.watchword.server.settings.IdentityV1DoorSettings;
import io.watchword.wire.identityv1.OtpReply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door itself: it reads a request, lets its relying party in, checks the form, calls one story
 * of the core and answers.
 */
public final class IdentityV1Door implements HttpService {

  static final String NAME = "identity-v1";

  private static final String OTP_ID = "mosip.identity.otp";

  private final IdentityV1DoorSettings settings;
  private final IdentifierFormats formats;
  private final TspAdmission admission;
  private final Stories stories;
  private final V1Exchange exchange;
  private final AuthCalls authentications;
  private final CompanionCalls companions;

  /**
   * What the core offers to this door.
   *
   * @param slow says which biometrics can be compared
   */
  public record Stories(
      Directory directory,
      SendCode send,
      Authenticate authenticate,
      ShareIdentity share,
      Demographics demographics,
      SlowFactors slow) {}

  /**
   * The door, made from what is around it.
   *
   * @param companions the static PIN and VID calls
   */
  public IdentityV1Door(
      IdentityV1DoorSettings settings,
      TspAdmission admission,
      Stories stories,
      AuthCalls.Means means,
      CompanionCalls companions,
      V1Exchange exchange) {
    this.settings = settings;
    this.formats = settings.formats();
    this.admission = admission;
    this.stories = stories;
    this.exchange = exchange;
    this.authentications = new AuthCalls(settings, stories, means);
    this.companions = companions;
  }

  @Override
  public void routing(HttpRules routes) {
    routes
        .post("/otp/v1.0", exchange.handler(V1Exchange.Api.OTP, this::sendCode))
        .any("/otp/v1.0", exchange.otherMethod(V1Exchange.Api.OTP))
        .post("/auth/v1.0", exchange.handler(V1Exchange.Api.AUTH, this::authenticate))
        .any("/auth/v1.0", exchange.otherMethod(V1Exchange.Api.AUTH))
        .post("/static-pin/v1.0", exchange.handler(V1Exchange.Api.PIN, companions::storePin))
        .any("/static-pin/v1.0", exchange.otherMethod(V1Exchange.Api.PIN))
        .post("/vid/v1.0/{uin}", exchange.handler(V1Exchange.Api.VID, companions::generateVid))
        .get("/vid/v1.0/{uin}", exchange.handler(V1Exchange.Api.VID, companions::existingVid))
        .any("/vid/v1.0/{uin}", exchange.otherMethod(V1Exchange.Api.VID));
  }

  /** Contract identity-v1 2.2. */
  private V1Exchange.Answer sendCode(Incoming incoming) throws Refused {
    Duration age = incoming.time().age(incoming.now());
    if (age.toMinutes() > settings.codesReceivedWithin().toMinutes()) {
      throw new Refused(Faults.late(age.toMinutes()));
    }
    if (age.plus(settings.clockSkew()).isNegative()) {
      throw new Refused(Faults.untimely(settings.codesReceivedWithin().toMinutes()));
    }
    Node body = authentications.opened(incoming, this::admit);
    Head head = Head.of(body, OTP_ID, Head.Order.OTP, formats);
    OtpForm form = OtpForm.of(body.object("request"));
    incoming.of(head.tsp(), head.transaction());
    Admitted caller = admit(head, incoming);
    PolicyCheck.send(caller.policy());
    var request =
        new SendCode.Request(
            NAME,
            head.tsp(),
            head.identifier(),
            head.transaction(),
            form.channels(),
            incoming.id());
    Optional<Directory.Found> found = stories.directory().find(head.identifier());
    if (found.isEmpty()) {
      throw new Refused(Spelling.refused(stories.send().refuseUnknown(request).why()));
    }
    Recipient recipient = Recipient.of(found.get());
    return switch (stories.send().send(request, recipient)) {
      case SendCode.Sent(Map<Channel, String> used) ->
          V1Exchange.Answer.of(
              masked(settings.maskOnlyUsedChannels() ? used : recipient.addresses()));
      case SendCode.Refused(SendRefusal why) -> throw new Refused(Spelling.refused(why));
    };
  }

  private static OtpReply.Response masked(Map<Channel, String> addresses) {
    return new OtpReply.Response(
        masked(Channel.PHONE, addresses), masked(Channel.EMAIL, addresses));
  }

  private static @Nullable String masked(Channel channel, Map<Channel, String> addresses) {
    return Optional.ofNullable(addresses.get(channel)).map(channel::masked).orElse(null);
  }

  private V1Exchange.Answer authenticate(Incoming incoming) throws Refused {
    authentications.checkTime(incoming);
    Node body = authentications.opened(incoming, this::admit);
    Head head = Head.of(body, AuthCalls.ID, Head.Order.AUTH, formats);
    incoming.of(head.tsp(), head.transaction());
    return authentications.answer(incoming, body, head, admit(head, incoming));
  }

  private Admitted admit(Head head, Incoming incoming) throws Refused {
    return admit(head.licenceKey(), head.tsp(), incoming);
  }

  /** Before anybody is looked up, so that strangers learn nothing about people. */
  private Admitted admit(String licenceKey, String tsp, Incoming incoming) throws Refused {
    return switch (admission.admit(licenceKey, tsp, incoming.now())) {
      case TspAdmission.Let(Admitted caller) -> {
        exchange.requireOwn(incoming, caller.partner());
        incoming.admitted();
        yield caller;
      }
      case TspAdmission.Refused(TspAdmission.Refusal why) ->
          throw new Refused(Spelling.refused(why));
    };
  }
}
