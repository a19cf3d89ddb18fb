package io.watchword.server.otpmanager;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.watchword.core.account.Application;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.code.CodeFactor;
import io.watchword.core.code.CodeRefusal;
import io.watchword.core.code.KeyCodes;
import io.watchword.core.code.SendCode;
import io.watchword.core.session.Session;
import io.watchword.server.kernel.Applications;
import io.watchword.server.kernel.Caller;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.kernel.Exchange.Incoming;
import io.watchword.server.kernel.Exchange.Shape;
import io.watchword.server.kernel.Members;
import io.watchword.server.kernel.Names;
import io.watchword.server.kernel.Refused;
import io.watchword.wire.kernel.KernelError;
import io.watchword.wire.kernel.OtpReply;
import io.watchword.wire.kernel.StatusReply;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door itself: it admits a caller by token and role, checks the arguments, calls the story of
 * key codes and answers. The refusals of the story have few words here, and no errors but one.
 */
public final class OtpManagerDoor implements HttpService {

  private static final String NAME = "otpmanager";
  private static final int SHORTEST_KEY = 3;
  private static final int LONGEST_KEY = 64;

  /** More than any code has; a longer text is not looked at as a whole. */
  private static final int LONGEST_CODE = 64;

  private static final Names GENERATE = Names.of("mosip.otp.generateOTP");
  private static final Names VALIDATE =
      new Names("mosip.otp.validateOTP", "mosip.authentication.validateOTP");

  private final OtpManagerSettings settings;
  private final Applications applications;
  private final BudgetPolicy budgets;
  private final KeyCodes codes;
  private final Caller callers;
  private final Exchange exchange;

  public OtpManagerDoor(
      OtpManagerSettings settings,
      Applications applications,
      BudgetPolicy budgets,
      KeyCodes codes,
      Caller callers,
      Exchange exchange) {
    this.settings = settings;
    this.applications = applications;
    this.budgets = budgets;
    this.codes = codes;
    this.callers = callers;
    this.exchange = exchange;
  }

  @Override
  public void routing(HttpRules routes) {
    routes
        .post("/otp/generate", exchange.handler(GENERATE, Shape.ENVELOPE, this::generate))
        .any("/otp/generate", exchange::otherMethod)
        .get("/otp/validate", exchange.handler(VALIDATE, Shape.NOTHING, this::validateQuery))
        .post("/otp/validate", exchange.handler(VALIDATE, Shape.ENVELOPE, this::validateBody))
        .any("/otp/validate", exchange::otherMethod)
        .any(exchange::otherPath);
  }

  /** Contract kernel B.1. */
  private Object generate(Incoming incoming) throws Refused {
    Session session = callers.admit(incoming.request(), settings.roles(), incoming.now());
    String key = incoming.members().filled("key").strip();
    if (key.isEmpty()) {
      throw new Refused("KER-OTG-001", "request.key: Key can't be empty or null");
    }
    if (outside(key)) {
      throw new Refused("KER-OTG-001", "request.key: length should be in the range of 3-64");
    }
    return switch (codes.make(rules(session), request(session, key, incoming))) {
      case KeyCodes.Code(String digits) -> new OtpReply(digits, "GENERATION_SUCCESSFUL");
      // Whatever the reason: published clients know no other word (amendment 7).
      case KeyCodes.NotMade _ -> new OtpReply("null", "USER_BLOCKED");
    };
  }

  /** Contract kernel B.2. */
  private Object validateQuery(Incoming incoming) throws Refused {
    Session session = callers.admit(incoming.request(), settings.roles(), incoming.now());
    Optional<String> key = incoming.request().query().first("key").asOptional();
    Optional<String> otp = incoming.request().query().first("otp").asOptional();
    if (key.isEmpty() || otp.isEmpty()) {
      throw exchange.unexpected(
          "Required String parameter '%s' is not present".formatted(key.isEmpty() ? "key" : "otp"));
    }
    return validate(session, key.get(), otp.get(), incoming);
  }

  /** The same with the arguments in the body, where no log of addresses sees them. */
  private Object validateBody(Incoming incoming) throws Refused {
    Session session = callers.admit(incoming.request(), settings.roles(), incoming.now());
    Members request = incoming.members();
    return validate(session, orEmpty(request.text("key")), orEmpty(request.text("otp")), incoming);
  }

  private Object validate(Session session, String key, String otp, Incoming incoming)
      throws Refused {
    var errors = new ArrayList<KernelError>();
    if (key.isEmpty()) {
      errors.add(new KernelError("KER-OTV-001", "Key can't be empty or null."));
    } else if (outside(key)) {
      errors.add(new KernelError("KER-OTV-002", "Length of key should be in the range of 3-64."));
    }
    if (otp.isEmpty()) {
      errors.add(new KernelError("KER-OTV-003", "OTP can't be empty or null."));
    }
    if (otp.isEmpty()
        || otp.length() > LONGEST_CODE
        || otp.chars().anyMatch(c -> c < '0' || c > '9')) {
      errors.add(
          new KernelError(
              "KER-OTV-004",
              "OTP consists of only numeric characters. No other characters is allowed."));
    }
    if (!errors.isEmpty()) {
      throw new Refused(Status.OK_200, errors);
    }
    return switch (codes.check(rules(session), request(session, key, incoming), otp)) {
      case CodeFactor.Right() -> StatusReply.success("VALIDATION_SUCCESSFUL");
      case CodeFactor.Different() -> StatusReply.failure("VALIDATION_UNSUCCESSFUL");
      case CodeFactor.NoAnswer(CodeRefusal why) -> refused(why);
    };
  }

  private static StatusReply refused(CodeRefusal refusal) throws Refused {
    return switch (refusal) {
      case CodeRefusal.Frozen() -> StatusReply.failure("USER_BLOCKED");
      case CodeRefusal.Expired() -> StatusReply.failure("OTP_EXPIRED");
      case CodeRefusal.NoCode(),
          CodeRefusal.OtherCaller(),
          CodeRefusal.OtherIdentifierType(),
          CodeRefusal.OtherTransaction() ->
          throw new Refused(
              "KER-OTV-005", "Validation can't be performed against this key. Generate OTP first.");
    };
  }

  private static boolean outside(String key) {
    int length = key.codePointCount(0, key.length());
    return length < SHORTEST_KEY || length > LONGEST_KEY;
  }

  private SendCode.CodeRules rules(Session session) {
    Application application = applications.find(session.application()).orElse(null);
    return Applications.rules(settings.codes(), budgets, application);
  }

  /**
   * Keys belong to the application (contract kernel, amendment 4), and that is its own clients:
   * generate tells a code in clear, so people who have merely logged in to the application reach no
   * keys but those of their own session, whatever is shared.
   */
  private KeyCodes.Request request(Session session, String key, Incoming incoming) {
    boolean client =
        session.holder().kind() == Session.Kind.CLIENT && !session.application().isEmpty();
    String caller = client ? Application.caller(session.application()) : "session/" + session.id();
    String owner = client && settings.sharedKeys() ? KeyCodes.SHARED : caller;
    return new KeyCodes.Request(NAME, caller, owner, key, incoming.id());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
