package io.watchword.server.identityv1;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.Claim;
import io.watchword.core.authentication.Factors;
import io.watchword.core.authentication.Mismatch;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.core.kyc.ShareIdentity;
import io.watchword.core.partner.Admitted;
import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Policy;
import io.watchword.server.identityv1.V1Exchange.Answer;
import io.watchword.server.identityv1.V1Exchange.Incoming;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.SeenCertificates;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.settings.IdentityV1DoorSettings;
import io.watchword.wire.ida.Json;
import io.watchword.wire.identityv1.Fault;
import io.watchword.wire.protection.DecryptionKeys;
import io.watchword.wire.protection.SplitEnvelope;
import io.watchword.wire.protection.Thumbprint;
import io.watchword.wire.protection.UndecryptableException;
import java.security.InvalidKeyException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Authentications and KYC (contract identity-v1 3 and 9). */
public final class AuthCalls {

  private static final Logger LOG = LoggerFactory.getLogger(AuthCalls.class);

  static final String ID = "mosip.identity.auth";

  /** A PIN and a code of this format. */
  private static final String SIX_DIGITS = "[0-9]{6}";

  private static final int MOST_KEYS = 4;

  private final IdentityV1DoorSettings settings;
  private final IdentityV1Door.Stories stories;
  private final Means means;
  private final Spelling spelling;

  /**
   * What authentications are done with besides the core's stories.
   *
   * @param keys with which requests are decrypted
   * @param envelope of encrypted requests and answers
   * @param certificates of relying parties
   * @param cards prints cards
   */
  public record Means(
      ServerKeys keys, SplitEnvelope envelope, SeenCertificates certificates, Cards cards) {}

  /** Lets a relying party in. */
  interface Admits {
    Admitted admit(String licenceKey, String tsp, Incoming incoming) throws Refused;
  }

  AuthCalls(IdentityV1DoorSettings settings, IdentityV1Door.Stories stories, Means means) {
    this.settings = settings;
    this.stories = stories;
    this.means = means;
    this.spelling = new Spelling(settings.primaryLanguage());
  }

  /** Contract identity-v1 3.2, step 2. */
  void checkTime(Incoming incoming) throws Refused {
    long hours = settings.receivedWithin().toHours();
    Duration age = incoming.time().age(incoming.now());
    if (age.toHours() > hours || age.plus(settings.clockSkew()).isNegative()) {
      throw new Refused(Faults.untimely(hours));
    }
  }

  /**
   * The request, decrypted if it came encrypted (contract identity-v1 1.6). Who is not let in makes
   * the server decrypt nothing.
   */
  Node opened(Incoming incoming, Admits admission) throws Refused {
    Node body = incoming.body();
    JsonNode request = body.get("request").json();
    if (request == null || !request.isString()) {
      if (request != null && !settings.plainRequests()) {
        throw new Refused(Faults.UNDECRYPTABLE);
      }
      return body;
    }
    admission.admit(
        body.filled("licenseKey").orElse(""), body.filled("tspID").orElse(""), incoming);
    ObjectNode opened = ((ObjectNode) java.util.Objects.requireNonNull(body.json())).deepCopy();
    opened.set("request", decrypt(request.stringValue()));
    return new Node(opened);
  }

  private ObjectNode decrypt(String sealed) throws Refused {
    List<X509Certificate> certificates = means.keys().certificates(KeyUse.IDA_PARTNER);
    for (X509Certificate each :
        certificates.reversed().subList(0, Math.min(MOST_KEYS, certificates.size()))) {
      if (means.keys().byThumbprint(Thumbprint.of(each))
          instanceof DecryptionKeys.Answer.Found found) {
        try {
          return Json.readObject(means.envelope().open(sealed, found.key()))
              .orElseThrow(() -> new Refused(Faults.UNDECRYPTABLE));
        } catch (UndecryptableException e) {
          // Another key may be the right one.
        }
      }
    }
    throw new Refused(Faults.UNDECRYPTABLE);
  }

  /** Contract identity-v1 3.2, from step 4 on. */
  Answer answer(Incoming incoming, Node body, Head head, Admitted caller) throws Refused {
    Flags flags = Flags.of(body);
    KycForm.shape(body);
    Node identity = body.object("request").object("identity");
    Set<Modality> declared =
        flags.bio() ? BiometricForm.declared(body) : EnumSet.noneOf(Modality.class);
    PolicyCheck.authenticate(
        caller.policy(), flags, DemographicForm.asked(identity, settings), declared);
    flags.check(settings);
    if (!stories.slow().modalities().containsAll(declared)) {
      throw new Refused(Faults.UNSUPPORTED);
    }
    Factors factors = factors(body, flags, caller.policy(), incoming);
    @Nullable KycForm kyc = flags.kyc() ? KycForm.of(body, flags, caller.policy(), settings) : null;
    var request =
        new Authenticate.Request(
            IdentityV1Door.NAME,
            kyc == null ? AuditRecord.Event.AUTHENTICATION : AuditRecord.Event.KYC,
            caller,
            head.identifier(),
            head.transaction(),
            factors,
            false,
            incoming.id());
    return kyc == null ? authenticate(incoming, request) : share(incoming, request, kyc);
  }

  /** Contract identity-v1 3.2, step 6. */
  private Factors factors(Node body, Flags flags, Policy policy, Incoming incoming) throws Refused {
    List<Fault> faults = new ArrayList<>();
    Node given = body.object("request");
    Node identity = given.object("identity");
    Node others = given.object("otherFactors");
    Map<Modality, List<Sample>> samples = Map.of();
    if (flags.bio()) {
      samples = BiometricForm.of(body, identity, settings.biometrics(), faults).samples();
      // Personal data beside it prove little: an age of 0 is right for everybody.
      boolean faceAlone =
          samples.keySet().equals(EnumSet.of(Modality.FACE)) && !flags.otp() && !flags.pin();
      if (faults.isEmpty() && faceAlone && !settings.biometrics().faceAlone()) {
        faults.add(Faults.invalid("bioType"));
      }
    }
    String code =
        flags.otp()
            ? sixDigits(others, "totp", Faults.NO_CODE_GIVEN, Faults.WRONG_CODE, faults)
            : null;
    List<Claim> claims =
        flags.demo()
            ? DemographicForm.of(
                    identity,
                    new DemographicForm.Rules(
                        settings, policy, stories.demographics(), today(incoming)),
                    faults)
                .claims()
            : List.of();
    String pin =
        flags.pin()
            ? sixDigits(others, "spin", Faults.NO_PIN_GIVEN, Faults.invalid("spin"), faults)
            : null;
    if (!faults.isEmpty()) {
      throw new Refused(faults);
    }
    return new Factors(code, claims, pin, samples);
  }

  private static @Nullable String sixDigits(
      Node others, String name, Fault missing, Fault invalid, List<Fault> faults) {
    Optional<String> text = others.filled(name);
    if (text.isEmpty()) {
      faults.add(missing);
    } else if (!text.get().matches(SIX_DIGITS)) {
      faults.add(invalid);
    }
    return text.orElse(null);
  }

  private Answer authenticate(Incoming incoming, Authenticate.Request request) throws Refused {
    return switch (stories.authenticate().decide(request)) {
      case Authenticate.Accepted(Directory.Found _, String pseudonym) -> {
        incoming.resolved(pseudonym);
        yield Answer.of(null);
      }
      case Authenticate.Mismatched(String pseudonym, List<Mismatch> mismatches) ->
          mismatched(incoming, pseudonym, mismatches);
      case Authenticate.Refused(AuthenticationRefusal why, @Nullable String pseudonym) ->
          throw refused(incoming, why, pseudonym);
    };
  }

  private Answer share(Incoming incoming, Authenticate.Request request, KycForm kyc)
      throws Refused {
    return switch (stories.share().share(request)) {
      case ShareIdentity.Shared shared -> {
        incoming.resolved(shared.pseudonym());
        yield Answer.of(shared(request, shared, kyc, today(incoming)));
      }
      case ShareIdentity.Mismatched(String pseudonym, List<Mismatch> mismatches) ->
          mismatched(incoming, pseudonym, mismatches);
      case ShareIdentity.Refused(AuthenticationRefusal why, @Nullable String pseudonym) ->
          throw refused(incoming, why, pseudonym);
    };
  }

  private Answer mismatched(Incoming incoming, String pseudonym, List<Mismatch> mismatches) {
    incoming.resolved(pseudonym);
    return new Answer(spelling.mismatched(mismatches), null);
  }

  private static Refused refused(
      Incoming incoming, AuthenticationRefusal why, @Nullable String pseudonym) {
    if (why instanceof AuthenticationRefusal.MatcherFault fault) {
      LOG.warn("{} could not be compared: {}", fault.modality(), fault.reason());
    }
    // Whoever is not served was not looked up, as the contract counts it (3.2, step 8).
    incoming.resolved(why instanceof AuthenticationRefusal.NotServed ? null : pseudonym);
    return new Refused(Spelling.refused(why));
  }

  /** Contract identity-v1 9.4 to 9.6: an object, or text if it is encrypted. */
  private Object shared(
      Authenticate.Request request, ShareIdentity.Shared shared, KycForm kyc, LocalDate today)
      throws Refused {
    List<String> languages =
        kyc.secondaryLanguage() ? settings.languages() : List.of(settings.primaryLanguage());
    var answer = new KycAnswer(languages);
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("ttl", Long.toString(settings.kyc().ttl().toHours()));
    response.put("identity", answer.identity(shared, today));
    if (kyc.print()) {
      byte[] photo = shared.portrait() == null ? null : shared.portrait().image();
      Optional<byte[]> card =
          means.cards().print(answer.texts(shared, today), languages, shared.maskedUin(), photo);
      response.put("ePrint", card.orElseThrow(() -> new Refused(Faults.NO_PDF)));
    }
    return sealed(request.caller().partner(), response);
  }

  private Object sealed(Partner partner, Map<String, Object> response) throws Refused {
    if (partner.certificate().length == 0) {
      if (!settings.kyc().plain()) {
        throw new Refused(Faults.NOT_PROCESSED);
      }
      return response;
    }
    try {
      return means
          .envelope()
          .seal(Json.write(response), means.certificates().of(partner).getPublicKey());
    } catch (InvalidKeyException e) {
      throw new Refused(Faults.NOT_PROCESSED);
    }
  }

  private static LocalDate today(Incoming incoming) {
    return incoming.now().atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
