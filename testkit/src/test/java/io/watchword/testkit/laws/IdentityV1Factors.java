package io.watchword.testkit.laws;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.authentication.AbandonedAttempts;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.Demographics;
import io.watchword.core.authentication.Factors;
import io.watchword.core.authentication.PinTries;
import io.watchword.core.authentication.SlowFactors;
import io.watchword.core.authentication.StaticTokens;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.BudgetWatch;
import io.watchword.core.code.CodeLetters;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.Recipient;
import io.watchword.core.code.SendCode;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Letters;
import io.watchword.core.individual.Identifier;
import io.watchword.core.partner.Policy;
import io.watchword.core.unit.Ambient;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stories as the identity v1 door has them, over a deployment's store. */
final class IdentityV1Factors {

  private final Deployment deployment;
  private final Ambient ambient;
  private final SendCode send;
  final Authenticate authenticate;

  IdentityV1Factors(Deployment deployment, BudgetPolicy budgets, Letters letters) {
    this.deployment = deployment;
    this.ambient = new Ambient(deployment.clock, new Random(7));
    var codes = new SendCode.CodeRules(CodePolicy.IDENTITY_V1, budgets);
    var written = new CodeLetters(letters, ZoneOffset.UTC);
    this.send =
        new SendCode(
            deployment.store,
            deployment.keyring,
            deployment.audit,
            ambient,
            codes,
            written,
            deployment.courier,
            BudgetWatch.NOBODY);
    this.authenticate =
        new Authenticate(
            deployment.store,
            deployment.keyring,
            deployment.audit,
            ambient,
            new Authenticate.Rules(
                Authenticate.Manner.EVERY,
                codes,
                PinTries.Limit.DEFAULT,
                0,
                Set.of(),
                written,
                new StaticTokens(deployment.keyring, StaticTokens.Algorithm.HMAC)),
            deployment.directory,
            new Demographics(
                (_, _, _, claimed, stored) -> claimed.equals(stored),
                List.of("eng"),
                Demographics.Absent.DIFFERENT),
            new SlowFactors(deployment.store, deployment.hash, Map.of()),
            null);
  }

  SendCode.Outcome ask(String caller, Identifier identifier, String transaction) {
    return send.send(
        new SendCode.Request(
            "identity-v1", caller, identifier, transaction, Set.of(Channel.PHONE), "request"),
        Recipient.of(deployment.directory.find(identifier).orElseThrow()));
  }

  /** A code that is sent, as a condition of the test. */
  String code(String caller, Identifier identifier, String transaction) {
    SendCode.Outcome outcome = ask(caller, identifier, transaction);
    if (!(outcome instanceof SendCode.Sent)) {
      throw new AssertionError("no code was sent: " + outcome);
    }
    return deployment.courier.lastCode();
  }

  Authenticate.Outcome give(
      String caller,
      Identifier identifier,
      String transaction,
      @Nullable String code,
      @Nullable String pin) {
    return authenticate.decide(
        new Authenticate.Request(
            "identity-v1",
            AuditRecord.Event.AUTHENTICATION,
            Deployment.caller(caller, Policy.Pseudonym.PARTNER),
            identifier,
            transaction,
            new Factors(code, List.of(), pin, Map.of()),
            false,
            "request"));
  }

  AbandonedAttempts abandoned() {
    return new AbandonedAttempts(deployment.store, deployment.audit, deployment.clock);
  }
}
