package io.watchword.server;

import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.authentication.AuthTokens;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.Demographics;
import io.watchword.core.authentication.Pseudonyms;
import io.watchword.core.authentication.SlowFactors;
import io.watchword.core.authentication.StaticTokens;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.SendCode;
import io.watchword.core.delivery.Errands;
import io.watchword.core.individual.GenerateVid;
import io.watchword.core.keys.Keyring;
import io.watchword.core.kyc.ShareIdentity;
import io.watchword.core.partner.Admission;
import io.watchword.core.partner.TspAdmission;
import io.watchword.matching.text.RuleTextMatcher;
import io.watchword.matching.text.TextRules;
import io.watchword.server.ida.IdaDoor;
import io.watchword.server.ida.Protection;
import io.watchword.server.ida.Witness;
import io.watchword.server.identityv1.AuthCalls;
import io.watchword.server.identityv1.Cards;
import io.watchword.server.identityv1.CompanionCalls;
import io.watchword.server.identityv1.IdentityV1Door;
import io.watchword.server.identityv1.PrintedCards;
import io.watchword.server.identityv1.RequestSignatures;
import io.watchword.server.identityv1.V1Exchange;
import io.watchword.server.kernel.Caller;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.keys.TrustedSigners;
import io.watchword.server.print.CardPrinter;
import io.watchword.server.print.CardSigner;
import io.watchword.server.settings.IdaDoorSettings;
import io.watchword.server.settings.IdentityV1DoorSettings;
import io.watchword.server.settings.KeySettings;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.values.Secret;
import io.watchword.wire.protection.SplitEnvelope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the objects of the doors meet at which relying parties ask about people. */
final class RelyingPartyDoors implements AutoCloseable {

  private final Platform platform;
  private final Settings settings;
  private final String own;
  private final Function<CodePolicy, SendCode> sender;
  private final Errands.@Nullable Desk notices;
  private final Matchers matchers;
  private final SlowFactors slow;

  /**
   * @param own this server's base address
   * @param sender sends codes by the rules of a door
   * @param notices does the notices that people get of decisions; {@code null}: they get none
   */
  RelyingPartyDoors(
      Platform platform,
      String own,
      Function<CodePolicy, SendCode> sender,
      Errands.@Nullable Desk notices) {
    this.platform = platform;
    this.settings = platform.settings();
    this.own = own;
    this.sender = sender;
    this.notices = notices;
    this.matchers = Matchers.of(settings.biometrics(), platform.ambient().clock());
    this.slow = new SlowFactors(platform.store(), platform.pinHash(), matchers.byModality());
  }

  /** The door that speaks MOSIP ID Authentication. */
  IdaDoor ida(Function<ServerRequest, String> requestId, Witness witness) {
    IdaDoorSettings door = settings.doors().ida();
    List<String> languages = settings.languages().all();
    Authenticate authenticate =
        authenticate(
            new Authenticate.Rules(
                Authenticate.Manner.FIRST,
                platform.rules(settings.idaCodes()),
                settings.doors().identityV1().pins().limit(),
                door.children().youngerThan(),
                door.children().denied(),
                platform.codeLetters(),
                authTokens()),
            new Demographics(
                new RuleTextMatcher(rules(settings.attributes().textRules(), TextRules::defaults)),
                languages,
                Demographics.Absent.UNANSWERED));
    return new IdaDoor(
        door.door(own, languages),
        settings.attributes().identityMapping(),
        new Admission(platform.callers(), platform.keyring()),
        new IdaDoor.Stories(
            platform.directory(),
            sender.apply(settings.idaCodes()),
            authenticate,
            new ShareIdentity(authenticate, platform.directory(), languages),
            slow.modalities()),
        new Protection(
            platform.algorithms(),
            platform.random(),
            platform.keys(),
            new TrustedSigners(platform.certificates(), platform.trust()),
            platform.certificates()),
        new IdaDoor.Outside(requestId, witness, platform.ambient().clock()));
  }

  /**
   * The door that speaks the early identity v1 API.
   *
   * @param kernelCallers finds callers by the tokens of the kernel services
   */
  IdentityV1Door identityV1(
      Caller kernelCallers, Exchange.Outside outside, V1Exchange.Witness witness) {
    IdentityV1DoorSettings door = settings.doors().identityV1();
    var demographics =
        new Demographics(
            new RuleTextMatcher(
                rules(door.claims().textRules(), TextRules::identityV1), Normalizer.Form.NFKC),
            door.languages(),
            Demographics.Absent.DIFFERENT);
    Authenticate authenticate =
        authenticate(
            new Authenticate.Rules(
                Authenticate.Manner.EVERY,
                platform.rules(settings.identityV1Codes()),
                door.pins().limit(),
                0,
                Set.of(),
                platform.codeLetters(),
                new StaticTokens(platform.keyring(), door.staticToken())),
            demographics);
    var signatures =
        new RequestSignatures(
            door.requestSignatures(),
            new TrustedSigners(platform.certificates(), platform.trust()),
            platform.certificates(),
            platform.algorithms());
    return new IdentityV1Door(
        door,
        new TspAdmission(platform.callers(), platform.keyring()),
        new IdentityV1Door.Stories(
            platform.directory(),
            sender.apply(settings.identityV1Codes()),
            authenticate,
            new ShareIdentity(authenticate, platform.directory(), settings.languages().all()),
            demographics,
            slow),
        new AuthCalls.Means(
            platform.keys(),
            new SplitEnvelope(platform.algorithms(), platform.random()),
            platform.certificates(),
            cards(door.kyc())),
        companions(door, kernelCallers),
        new V1Exchange(door, outside, witness, signatures));
  }

  private Cards cards(IdentityV1DoorSettings.Kyc kyc) {
    return new PrintedCards(
        new CardPrinter(kyc.fonts(), kyc.signedCards() ? new CardSigner(platform.keys()) : null),
        platform.ambient().clock());
  }

  private CompanionCalls companions(IdentityV1DoorSettings door, Caller kernelCallers) {
    return new CompanionCalls(
        door,
        kernelCallers,
        platform.storePin(),
        new GenerateVid(
            platform.store(),
            platform.keyring(),
            platform.audit(),
            platform.ambient(),
            platform.directory(),
            door.vidLength(),
            door.vidValidity()));
  }

  private Authenticate authenticate(Authenticate.Rules rules, Demographics demographics) {
    return new Authenticate(
        platform.store(),
        platform.keyring(),
        platform.audit(),
        platform.ambient(),
        rules,
        platform.directory(),
        demographics,
        slow,
        notices);
  }

  private static TextRules rules(@Nullable Path folder, Supplier<TextRules> own) {
    return folder == null ? own.get() : TextRules.read(folder);
  }

  /** Salts come from the settings, for deployments that bring theirs, or from the keyring. */
  private Pseudonyms authTokens() {
    KeySettings given = settings.keys();
    return new AuthTokens(
        salt(given.uinSalt(), "uin-salt"),
        salt(given.partnerSalt(), "partner-salt"),
        platform.ambient());
  }

  private String salt(@Nullable Secret given, String name) {
    return given != null
        ? given.reveal()
        : platform
            .keyring()
            .mac(Keyring.Purpose.PSEUDONYM, name.getBytes(StandardCharsets.US_ASCII))
            .value();
  }

  @Override
  public void close() {
    matchers.close();
  }
}
