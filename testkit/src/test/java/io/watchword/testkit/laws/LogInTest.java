package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.account.Account;
import io.watchword.core.account.AccountEnrolment;
import io.watchword.core.account.Accounts;
import io.watchword.core.account.Application;
import io.watchword.core.account.Client;
import io.watchword.core.audit.AuditRecord;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.CodeRefusal;
import io.watchword.core.code.SendCode;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.session.LogIn;
import io.watchword.core.session.LogInRefusal;
import io.watchword.core.session.Session;
import io.watchword.core.session.Sessions;
import io.watchword.core.unit.Ambient;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Getting in by code, password and secret, and the sessions that come of it, over each engine. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class LogInTest {

  private static final String ACCOUNT = "00112233445566778899aabbccddeeff";
  private static final String NAME = "M392380";
  private static final LogIn.Outcome SHUT = new LogIn.Refused(new LogInRefusal.Shut());
  private static final Session.Holder HOLDER =
      new Session.Holder(Session.Kind.ACCOUNT, NAME, List.of("INDIVIDUAL"), null, null, null, null);

  @Parameter StoreEngine engine;

  private Deployment deployment;
  private Sessions sessions;
  private LogIn logIn;
  private Accounts accounts;
  private final CountedHash hash = new CountedHash();

  /** Cheap, and it counts: what is slow about hashing is tested where the algorithm is. */
  private static final class CountedHash implements SlowHash {
    private final AtomicInteger compared = new AtomicInteger();
    private boolean busy;

    @Override
    public String of(String secret) {
      return "hash of " + secret;
    }

    @Override
    public boolean matches(@Nullable String hash, String secret) throws Busy {
      if (busy) {
        throw new Busy();
      }
      compared.incrementAndGet();
      return of(secret).equals(hash);
    }
  }

  @BeforeEach
  void open() {
    start(BudgetPolicy.DEFAULT);
  }

  private void start(BudgetPolicy budgets) {
    deployment = Deployment.over(engine);
    People.james(deployment);
    var ambient = new Ambient(deployment.clock, new Random(11));
    sessions =
        new Sessions(
            deployment.store,
            deployment.keyring,
            deployment.audit,
            ambient,
            new Sessions.Terms(Duration.ofMinutes(100), Duration.ofHours(24), Duration.ofDays(30)));
    logIn =
        new LogIn(
            deployment.store,
            deployment.keyring,
            deployment.audit,
            ambient,
            sessions,
            hash,
            budgets);
    accounts = new Accounts(deployment.store, deployment.directory);
    enrol(null);
    deployment.put(
        Application.TABLE.key("office"),
        new Application(
            "office",
            Application.Status.ACTIVE,
            Set.of(Application.Place.ACCOUNTS),
            Set.of(Channel.EMAIL),
            false,
            List.of("auth-otp"),
            null,
            false,
            null));
    deployment.put(
        Client.TABLE.key("D72HJDF8"),
        new Client(
            "D72HJDF8",
            "office",
            List.of("AUTH"),
            hash.of("new secret"),
            hash.of("old secret"),
            Application.Status.ACTIVE));
  }

  private void enrol(@Nullable String person) {
    deployment.store.commit(
        new AccountEnrolment(
            ACCOUNT,
            deployment.directory.key(Accounts.identifier(NAME)),
            new Account(
                NAME,
                Map.of(Channel.EMAIL, "office@test.io"),
                List.of("INDIVIDUAL"),
                "Margaret",
                "eng",
                person,
                hash.of("password")),
            deployment.audit,
            "test",
            deployment.now()));
  }

  private static LogIn.Request from(String origin) {
    return new LogIn.Request("authmanager", "app/office", "office", origin, "request");
  }

  private LogIn.Outcome password(String origin, String password) {
    return logIn.byPassword(from(origin), NAME, accounts.find(NAME), HOLDER, password);
  }

  private LogIn.Outcome nobody(String origin) {
    return logIn.byPassword(from(origin), "nobody", Optional.empty(), HOLDER, "password");
  }

  private static Session in(LogIn.Outcome outcome) {
    if (outcome instanceof LogIn.In(Session session)) {
      return session;
    }
    throw new AssertionError("not let in: " + outcome);
  }

  private SendCode.CodeRules codes() {
    return new SendCode.CodeRules(CodePolicy.KERNEL_LOGIN, Deployment.WIDE);
  }

  private String code() {
    SendCode.Outcome sent =
        deployment.send.send(
            codes(),
            new SendCode.Request(
                "authmanager",
                "app/office",
                Accounts.identifier(NAME),
                "",
                Set.of(Channel.EMAIL),
                "request"),
            accounts.find(NAME).orElseThrow().recipient());
    assertThat(sent).isInstanceOf(SendCode.Sent.class);
    return deployment.courier.lastCode();
  }

  private LogIn.Outcome give(String code) {
    return logIn.byCode(
        codes(),
        from("here"),
        Accounts.identifier(NAME),
        accounts.find(NAME).orElseThrow().recipient(),
        HOLDER,
        code);
  }

  @Test
  void tenWrongPasswordsShutOneOriginAndNoOther() {
    for (int i = 0; i < 10; i++) {
      assertThat(password("here", "wrong")).isEqualTo(new LogIn.Wrong());
    }
    assertThat(password("here", "password")).isEqualTo(SHUT);
    assertThat(hash.compared.get()).isEqualTo(10);
    in(password("there", "password"));
    deployment.clock.move(Duration.ofMinutes(30));
    in(password("here", "password"));
  }

  @Test
  void namesOfNobodyAreComparedAndCountedAsIfTheyWereSomebodys() {
    for (int i = 0; i < 10; i++) {
      assertThat(nobody("here")).isEqualTo(new LogIn.Wrong());
    }
    assertThat(hash.compared.get()).isEqualTo(10);
    assertThat(nobody("here")).isEqualTo(SHUT);
  }

  @Test
  void aTryThatWasNotComparedIsNotCounted() {
    hash.busy = true;
    for (int i = 0; i < 20; i++) {
      assertThat(password("here", "wrong")).isEqualTo(new LogIn.Refused(new LogInRefusal.Busy()));
    }
    hash.busy = false;
    in(password("here", "password"));
  }

  @Test
  void aRightPasswordMakesTheCountersEmpty() {
    for (int i = 0; i < 9; i++) {
      password("here", "wrong");
    }
    in(password("here", "password"));
    for (int i = 0; i < 9; i++) {
      password("here", "wrong");
    }
    in(password("here", "password"));
  }

  @Test
  void wrongSecretsShutNobodyButWhereTheyComeFrom() {
    for (int i = 0; i < 10; i++) {
      assertThat(logIn.bySecret(from("stranger"), "D72HJDF8", "guess"))
          .isEqualTo(new LogIn.Wrong());
    }
    assertThat(logIn.bySecret(from("stranger"), "D72HJDF8", "new secret")).isEqualTo(SHUT);
    Session session = in(logIn.bySecret(from("office"), "D72HJDF8", "new secret"));
    assertThat(session.application()).isEqualTo("office");
    assertThat(session.holder().roles()).containsExactly("AUTH");
    in(logIn.bySecret(from("office"), "D72HJDF8", "old secret"));
    assertThat(logIn.bySecret(from("office"), "D72HJDF9", "new secret"))
        .isEqualTo(new LogIn.Wrong());
  }

  @Test
  void aDisabledAccountGetsInByNothing() {
    deployment.put(Standing.key(ACCOUNT), new Standing(deployment.now(), Map.of()));
    var unserved = new LogIn.Refused(new LogInRefusal.NotServed(new StandingRefusal.Deactivated()));
    assertThat(password("here", "password")).isEqualTo(unserved);
    assertThat(give("123456")).isEqualTo(unserved);
    assertThat(hash.compared.get()).isZero();
  }

  @Test
  void anAccountOfADeactivatedPersonGetsInByNothing() {
    enrol(People.ID);
    in(give(code()));
    deployment.put(Standing.key(People.ID), new Standing(deployment.now(), Map.of()));
    assertThat(give("123456"))
        .isEqualTo(
            new LogIn.Refused(new LogInRefusal.NotServed(new StandingRefusal.Deactivated())));
  }

  @Test
  void aCodeGetsInOnceAndTheThirdWrongOneFreezes() {
    String code = code();
    assertThat(give(wrong(code))).isEqualTo(new LogIn.Wrong());
    in(give(code));
    assertThat(give(code))
        .isEqualTo(new LogIn.Refused(new LogInRefusal.NoAnswer(new CodeRefusal.NoCode())));
    String second = code();
    give(wrong(second));
    give(wrong(second));
    assertThat(give(wrong(second)))
        .isEqualTo(new LogIn.Refused(new LogInRefusal.NoAnswer(new CodeRefusal.Frozen())));
    assertThat(give(second))
        .isEqualTo(new LogIn.Refused(new LogInRefusal.NoAnswer(new CodeRefusal.Frozen())));
  }

  @Test
  void everyAnswerLeavesOneRecord() {
    int before = deployment.records().size();
    password("here", "wrong");
    in(password("here", "password"));
    logIn.unknown(from("here"), Accounts.identifier("nobody"));
    List<AuditRecord> records = deployment.records().subList(before, deployment.records().size());
    assertThat(records)
        .extracting(AuditRecord::outcome)
        .containsExactly("Mismatch", AuditRecord.ACCEPTED, "Unknown");
    assertThat(records).allMatch(record -> record.event() == AuditRecord.Event.LOG_IN);
    assertThat(deployment.verify().faults()).isEmpty();
  }

  @Test
  void aSessionEndsByItselfByOrderAndWithItsHolder() {
    Session session = in(password("here", "password"));
    assertThat(sessions.inForce(session)).isTrue();
    assertThat(sessions.end(session, "authmanager", "request")).isTrue();
    assertThat(sessions.inForce(session)).isFalse();
    assertThat(sessions.end(session, "authmanager", "request")).isFalse();
    assertThat(sessions.renew(session)).isEmpty();
    deployment.clock.move(Duration.ofSeconds(1));
    Session other = in(password("here", "password"));
    assertThat(sessions.inForce(other)).isTrue();
    deployment.clock.move(Duration.ofMinutes(100));
    assertThat(sessions.inForce(other)).isFalse();
  }

  @Test
  void whatAnotherNodeEndsEndsHereAtTheNextLook() {
    Session session = in(password("here", "password"));
    sessions.refresh();
    assertThat(sessions.inForce(session)).isTrue();
    var node =
        new Sessions(
            deployment.store,
            deployment.keyring,
            deployment.audit,
            new Ambient(deployment.clock, new Random(12)),
            new Sessions.Terms(Duration.ofMinutes(100), Duration.ofHours(24), Duration.ofDays(30)));
    assertThat(node.end(session, "authmanager", "request")).isTrue();
    assertThat(sessions.inForce(session)).isTrue();
    sessions.refresh();
    assertThat(sessions.inForce(session)).isFalse();
  }

  @Test
  void aSessionIsRenewedForADayAndNoLonger() {
    Session session = in(password("here", "password"));
    for (int i = 0; i < 14; i++) {
      deployment.clock.move(Duration.ofMinutes(99));
      session = sessions.renew(session).orElseThrow();
    }
    assertThat(session.expiresAt()).isEqualTo(session.since().plus(Duration.ofHours(24)));
    deployment.clock.set(session.expiresAt());
    assertThat(sessions.renew(session)).isEmpty();
  }
}
