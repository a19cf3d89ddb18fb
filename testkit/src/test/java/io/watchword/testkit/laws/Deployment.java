package io.watchword.testkit.laws;

import io.watchword.core.CoreTables;
import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.audit.AuditVerification;
import io.watchword.core.authentication.AuthTokens;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.Claim;
import io.watchword.core.authentication.Demographics;
import io.watchword.core.authentication.Factors;
import io.watchword.core.authentication.PinTries;
import io.watchword.core.authentication.SlowFactors;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.BudgetWatch;
import io.watchword.core.code.CodeLetters;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.Recipient;
import io.watchword.core.code.SendCode;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.LetterKind;
import io.watchword.core.delivery.LetterTemplate;
import io.watchword.core.delivery.Letters;
import io.watchword.core.delivery.TextTemplate;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.partner.Admitted;
import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Policy;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.testkit.store.PlainUnit;
import io.watchword.testkit.store.PostgresEngine;
import io.watchword.testkit.store.StoreEngine;
import io.watchword.testkit.time.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The core's stories over one store, with a clock and a courier that obey the test. */
final class Deployment {

  static final String BANK = "bank";
  static final String CLINIC = "clinic";
  static final String OFFICE = "office";
  static final String TX = "1929353076";
  static final String OTHER_TX = "5550001112";

  private static final AtomicLong SEEDS = new AtomicLong(20_260_105);
  private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  /** An engine is opened once, which is slow, and emptied before each test. */
  private static final Map<StoreEngine, Store> OPEN = new ConcurrentHashMap<>();

  /** Limits that no test of something else runs into. */
  static final BudgetPolicy WIDE =
      new BudgetPolicy(
          1_000_000,
          1_000_000,
          1_000_000,
          1_000_000,
          1_000_000,
          1_000_000,
          1_000_000,
          1_000_000,
          Duration.ofMinutes(30),
          Duration.ofHours(24),
          Duration.ofHours(24));

  final Store store;
  final HandClock clock;
  final CountingKeyring keyring = new CountingKeyring();
  final KeptLetters courier = new KeptLetters();
  final PlainHash hash = new PlainHash();
  final AuditTrail audit;
  final Directory directory;
  final SendCode send;
  final Authenticate authenticate;

  private Deployment(Store store, HandClock clock, BudgetPolicy budgets, boolean notices) {
    this.store = store;
    this.clock = clock;
    var ambient = new Ambient(clock, new Random(SEEDS.getAndIncrement()));
    this.audit = AuditTrail.open(store, keyring, "start-" + ambient.newId(), clock.instant());
    this.directory = new Directory(store, keyring);
    var codes = new SendCode.CodeRules(CodePolicy.IDA, budgets);
    var letters = new CodeLetters(letters(), ZoneOffset.UTC);
    this.send =
        new SendCode(store, keyring, audit, ambient, codes, letters, courier, BudgetWatch.NOBODY);
    this.authenticate =
        new Authenticate(
            store,
            keyring,
            audit,
            ambient,
            new Authenticate.Rules(
                Authenticate.Manner.FIRST,
                codes,
                PinTries.Limit.DEFAULT,
                5,
                Set.of("otp", "bio"),
                letters,
                new AuthTokens("uinSalt", "partnerSalt", ambient)),
            directory,
            new Demographics(
                (_, _, _, claimed, stored) -> claimed.equals(stored),
                List.of("eng"),
                Demographics.Absent.UNANSWERED),
            new SlowFactors(store, hash, Map.of()),
            notices ? taken -> {} : null);
  }

  /** With wide budgets. */
  static Deployment over(StoreEngine engine) {
    return over(engine, WIDE);
  }

  static Deployment over(StoreEngine engine, BudgetPolicy budgets) {
    return over(engine, budgets, UnaryOperator.identity());
  }

  /**
   * @param around stands between the stories and the store
   */
  static Deployment over(StoreEngine engine, BudgetPolicy budgets, UnaryOperator<Store> around) {
    Store store = OPEN.computeIfAbsent(engine, each -> each.open(CoreTables.ALL));
    CoreTables.ALL.forEach(table -> empty(store, table));
    engine.clock().set(START);
    return new Deployment(around.apply(store), engine.clock(), budgets, false);
  }

  private static <V> void empty(Store store, Table<V> table) {
    List<Key<?>> keys = new ArrayList<>();
    store.scan(table, "", 10_000).forEach(entry -> keys.add(table.key(entry.id())));
    if (!keys.isEmpty()) {
      boolean _ =
          store.commit(
              new PlainUnit<>(
                  keys,
                  rows -> {
                    keys.forEach(rows::delete);
                    return true;
                  }));
      empty(store, table);
    }
  }

  /** Another start over a store, whose decisions leave notices; nothing is emptied. */
  static Deployment start(Store store, HandClock clock, BudgetPolicy budgets) {
    return new Deployment(store, clock, budgets, true);
  }

  /** Two nodes over the one database if the engine serves several, else two starts of one. */
  static List<Deployment> nodes(StoreEngine engine, BudgetPolicy budgets) {
    Store first = engine.open(CoreTables.ALL);
    Store second = engine instanceof PostgresEngine ? engine.open(CoreTables.ALL) : first;
    return List.of(start(first, engine.clock(), budgets), start(second, engine.clock(), budgets));
  }

  static Letters letters() {
    var templates = new ArrayList<LetterTemplate>();
    for (LetterKind kind : LetterKind.values()) {
      TextTemplate text =
          TextTemplate.of(
              switch (kind) {
                case OTP -> "$otp";
                case NOTICE -> "$partner $outcome";
                case DEVICE -> "$device $app";
              });
      for (Channel channel : Channel.values()) {
        templates.add(new LetterTemplate(kind, channel, LetterTemplate.Part.TEXT, "eng", text));
      }
      templates.add(
          new LetterTemplate(
              kind, Channel.EMAIL, LetterTemplate.Part.SUBJECT, "eng", TextTemplate.of("word")));
    }
    return Letters.of(templates, List.of(), List.of("eng"), Optional.empty());
  }

  <V> void put(Key<V> key, V row) {
    boolean _ =
        store.commit(
            PlainUnit.over(
                key,
                rows -> {
                  rows.put(key, row);
                  return true;
                }));
  }

  Instant now() {
    return clock.instant();
  }

  /** A code by phone. */
  SendCode.Outcome ask(String caller, Identifier identifier, String transaction) {
    return ask(caller, identifier, transaction, Channel.PHONE);
  }

  SendCode.Outcome ask(
      String caller, Identifier identifier, String transaction, Channel... channels) {
    var request =
        new SendCode.Request(
            "ida",
            caller,
            identifier,
            transaction,
            new LinkedHashSet<>(List.of(channels)),
            "request");
    return directory
        .find(identifier)
        .map(found -> send.send(request, Recipient.of(found)))
        .orElseGet(() -> send.refuseUnknown(request));
  }

  /** A code by phone that is sent, as a condition of the test. */
  String code(String caller, Identifier identifier, String transaction) {
    SendCode.Outcome outcome = ask(caller, identifier, transaction);
    if (!(outcome instanceof SendCode.Sent)) {
      throw new AssertionError("no code was sent: " + outcome);
    }
    return courier.lastCode();
  }

  Authenticate.Outcome give(String caller, Identifier identifier, String transaction, String code) {
    return decide(caller, identifier, transaction, code, List.of());
  }

  Authenticate.Outcome decide(
      String caller,
      Identifier identifier,
      String transaction,
      @Nullable String code,
      List<Claim> claims) {
    return authenticate.decide(
        new Authenticate.Request(
            "ida",
            AuditRecord.Event.AUTHENTICATION,
            caller(caller, Policy.Pseudonym.PARTNER),
            identifier,
            transaction,
            Factors.of(code, claims),
            false,
            "request"));
  }

  static Admitted caller(String id, Policy.Pseudonym pseudonym) {
    return new Admitted(
        new Partner(id, "The " + id, Partner.Status.ACTIVE, new byte[] {1}, "", null),
        new Policy(
            "policy",
            Partner.Status.ACTIVE,
            Instant.EPOCH,
            null,
            Set.of(Policy.Action.values()),
            List.of(),
            List.of(),
            List.of(),
            pseudonym,
            Map.of()));
  }

  /** A code that is not this one. */
  static String wrong(String code) {
    return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
  }

  /** Every audit record of this start's decisions, oldest first. */
  List<AuditRecord> records() {
    var records = new ArrayList<AuditRecord>();
    String mine = audit.chain() + "/";
    String after = mine;
    while (true) {
      List<Store.Entry<AuditRow>> page = store.scan(AuditRow.TABLE, after, 10_000);
      for (Store.Entry<AuditRow> entry : page) {
        if (!entry.id().startsWith(mine)) {
          return records;
        }
        records.add(Objects.requireNonNull(entry.row().body()));
      }
      if (page.isEmpty()) {
        return records;
      }
      after = page.getLast().id();
    }
  }

  AuditRecord lastRecord() {
    return records().getLast();
  }

  AuditVerification.Report verify() {
    return new AuditVerification(store, keyring).verify(List.of(), _ -> {});
  }
}
