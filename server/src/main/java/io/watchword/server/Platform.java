package io.watchword.server;

import io.watchword.core.CoreTables;
import io.watchword.core.account.Account;
import io.watchword.core.account.Accounts;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.audit.AuditVerification;
import io.watchword.core.audit.RefusalTally;
import io.watchword.core.authentication.AbandonedAttempts;
import io.watchword.core.code.CodeLetters;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.SendCode;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Errand;
import io.watchword.core.delivery.Letters;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.StorePin;
import io.watchword.core.mobile.DeviceNotices;
import io.watchword.core.mobile.Ground;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.session.LogIn;
import io.watchword.core.session.Sessions;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.CachedRows;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Table;
import io.watchword.matching.secret.Argon2Hash;
import io.watchword.server.couriers.BudgetLog;
import io.watchword.server.couriers.ChannelStops;
import io.watchword.server.couriers.Couriers;
import io.watchword.server.couriers.ErrandRunner;
import io.watchword.server.couriers.LetterFiles;
import io.watchword.server.couriers.NoticeSender;
import io.watchword.server.couriers.Recipient;
import io.watchword.server.http.Mount;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.keys.CaCertificate;
import io.watchword.server.keys.CertificateTrust;
import io.watchword.server.keys.CryptoProvider;
import io.watchword.server.keys.KeyPairRow;
import io.watchword.server.keys.LateSealer;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.keys.SecretKeyRow;
import io.watchword.server.keys.SeenCertificates;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.StoredKeyring;
import io.watchword.server.mobile.MobileDoor;
import io.watchword.server.partners.Provisioning;
import io.watchword.server.partners.RecordedChanges;
import io.watchword.server.settings.KernelDoorSettings;
import io.watchword.server.settings.Settings;
import io.watchword.server.tokens.TokenTerms;
import io.watchword.server.tokens.Tokens;
import io.watchword.server.upkeep.HeadsFile;
import io.watchword.store.WatchedStore;
import io.watchword.wire.protection.Algorithms;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where objects meet: makes every part from the settings and hands it what it needs. */
public final class Platform implements AutoCloseable {

  private static final String ORGANISATION = "Watchword";

  private final Settings settings;
  private final SecureRandom random = new SecureRandom();
  private final Ambient ambient;
  private final Algorithms algorithms = CryptoProvider.best();
  private final WatchedStore store;
  private final StoredKeyring keyring;
  private final ServerKeys keys;
  private final CertificateTrust trust;
  private final SeenCertificates certificates = new SeenCertificates(algorithms);
  private final CachedRows callers;
  private final AuditTrail audit;
  private final RefusalTally refusals;
  private final Directory directory;
  private final Letters letters;
  private final Provisioning provisioning;
  private final Sessions sessions;
  private final Sessions appSessions;
  private final SlowHash slowHash;
  private final SlowHash pinHash;
  private final ChannelStops channelStops;
  private final BudgetLog budgetLog;

  /**
   * Opens the store, makes what is missing in it, and enters this start in the audit's register.
   *
   * @param master wraps all other keys
   * @param clock the server's clock
   */
  public Platform(Settings settings, MasterKey master, InstantSource clock) {
    this.settings = settings;
    this.ambient = new Ambient(clock, random);
    var sealer = new LateSealer();
    this.store = Engines.open(settings.store(), tables(), sealer);
    try {
      this.keyring = StoredKeyring.open(store, master, algorithms, random, clock);
      sealer.use(keyring.sealer());
      this.keys =
          ServerKeys.open(
              store, new ServerKeys.Setup(master, algorithms, ORGANISATION), random, clock);
      this.trust = new CertificateTrust(store);
      this.callers = new CachedRows(store, Generation.CALLERS);
      this.directory = new Directory(store, keyring);
      this.letters = new LetterFiles(settings.letters()).letters();
      this.audit = AuditTrail.open(store, keyring, "start-" + ambient.newId(), clock.instant());
      this.refusals = new RefusalTally(store, audit, clock);
      this.sessions = new Sessions(store, keyring, audit, ambient, settings.kernelSessions());
      this.appSessions = new Sessions(store, keyring, audit, ambient, settings.appSessions());
      this.slowHash = argon2();
      this.pinHash = argon2();
      this.channelStops =
          new ChannelStops(store, new RecordedChanges(store, audit, ambient.clock()));
      this.budgetLog = new BudgetLog(clock);
      this.provisioning = new Provisioning(store, keyring, keys, trust, audit, random, clock);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Every table that a server keeps. */
  public static List<Table<?>> tables() {
    var tables = new ArrayList<>(CoreTables.ALL);
    tables.add(SecretKeyRow.TABLE);
    tables.add(KeyPairRow.TABLE);
    tables.add(CaCertificate.TABLE);
    return tables;
  }

  /** Looks for changes that other nodes or commands have made; to be called each second. */
  public void refresh() {
    keyring.refresh();
    keys.refresh();
    trust.refresh();
    callers.refresh();
    sessions.refresh();
    appSessions.refresh();
    channelStops.refresh();
  }

  private SlowHash argon2() {
    KernelDoorSettings.Passwords passwords = settings.doors().kernel().passwords();
    return new Argon2Hash(
        new Argon2Hash.Costs((int) (passwords.memory().bytes() / 1024), passwords.passes(), 1),
        Argon2Hash.Room.ofCores(Runtime.getRuntime().availableProcessors()),
        random);
  }

  /**
   * The doors that speak the formats of the kernel services.
   *
   * @param own this server's base address
   */
  List<Mount> kernel(
      KernelDoors kernel,
      String own,
      Couriers couriers,
      ErrandRunner errands,
      Exchange.Outside outside) {
    var mounts = new ArrayList<>(kernel.mounts(sendCode(settings.kernelLoginCodes(), couriers)));
    if (settings.doors().mobile().enabled()) {
      mounts.addAll(
          mobile(own, outside, kernel.tokens(), deviceNotices(couriers, errands)).mounts());
    }
    return mounts;
  }

  private MobileDoor mobile(
      String own,
      Exchange.Outside outside,
      Tokens kernelTokens,
      @Nullable DeviceNotices deviceNotices) {
    return new MobileDoor(
        new MobileDoor.Around(
            settings.doors().mobile(),
            own,
            outside,
            new Ground(store, keyring, audit, ambient),
            callers,
            keys,
            new Accounts(store, directory),
            new LogIn(
                store, keyring, audit, ambient, appSessions, slowHash, settings.budgets().policy()),
            appSessions,
            new Tokens(keys, new TokenTerms(own + "/oauth", "mobile-auth", "")),
            sessions,
            kernelTokens,
            rules(settings.kernelLoginCodes()),
            deviceNotices));
  }

  /** Writes notices to people, as errands. */
  public ErrandRunner errands(Couriers couriers) {
    return new ErrandRunner(
        store,
        new NoticeSender(this::recipient, letters, couriers, noticed(couriers)),
        ambient.clock(),
        random);
  }

  /** A notice that no courier can carry would be tried for a day and then given up. */
  private Set<Channel> noticed(Couriers couriers) {
    return settings.letters().notices().stream()
        .filter(couriers::reaches)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<Recipient> recipient(Errand errand) {
    return switch (errand.kind()) {
      case NOTICE ->
          Optional.ofNullable(store.read(Individual.TABLE.key(errand.personId())))
              .map(Recipient::of);
      case DEVICE ->
          Optional.ofNullable(store.read(Account.TABLE.key(errand.personId()))).map(Recipient::of);
    };
  }

  private @Nullable DeviceNotices deviceNotices(Couriers couriers, ErrandRunner errands) {
    return settings.doors().mobile().enrollment().notices() && !noticed(couriers).isEmpty()
        ? new DeviceNotices(errands, settings.letters().timeZone())
        : null;
  }

  /** Walks the audit's chains. */
  public AuditVerification verification() {
    return new AuditVerification(store, keyring);
  }

  /** Where the audit's heads are written outside the database. */
  public HeadsFile heads() {
    return new HeadsFile(settings.store().folder());
  }

  /**
   * The doors of relying parties.
   *
   * @param own this server's base address
   */
  RelyingPartyDoors relyingParties(String own, Couriers couriers, ErrandRunner errands) {
    return new RelyingPartyDoors(
        this, own, sender(couriers), noticed(couriers).isEmpty() ? null : errands);
  }

  /** Sends codes by the rules of a door. */
  private Function<CodePolicy, SendCode> sender(Couriers couriers) {
    return codes -> sendCode(codes, couriers);
  }

  private SendCode sendCode(CodePolicy codes, Couriers couriers) {
    return new SendCode(
        store, keyring, audit, ambient, rules(codes), codeLetters(), couriers, budgetLog);
  }

  SendCode.CodeRules rules(CodePolicy codes) {
    return new SendCode.CodeRules(codes, settings.budgets().policy());
  }

  CodeLetters codeLetters() {
    return new CodeLetters(letters, settings.letters().timeZone());
  }

  public WatchedStore store() {
    return store;
  }

  public StoredKeyring keyring() {
    return keyring;
  }

  public ServerKeys keys() {
    return keys;
  }

  /** Which certificates of relying parties are trusted. */
  CertificateTrust trust() {
    return trust;
  }

  /** Certificates that were parsed before. */
  SeenCertificates certificates() {
    return certificates;
  }

  Algorithms algorithms() {
    return algorithms;
  }

  /** Puts PINs on file. */
  StorePin storePin() {
    return new StorePin(
        store,
        keyring,
        audit,
        ambient,
        directory,
        slowHash,
        settings.doors().identityV1().pins().history());
  }

  /** Closes attempts to authenticate that nobody decided. */
  public AbandonedAttempts abandonedAttempts() {
    return new AbandonedAttempts(store, audit, ambient.clock());
  }

  /** Callers as the doors see them, at most two seconds old. */
  CachedRows callers() {
    return callers;
  }

  /** Everybody who is logged in. */
  public Sessions sessions() {
    return sessions;
  }

  /** Hashes passwords and secrets of clients. */
  public SlowHash slowHash() {
    return slowHash;
  }

  /**
   * Hashes PINs, in a room of its own: whoever floods the doors at which anybody may try passwords
   * keeps no admitted caller from having PINs compared.
   */
  public SlowHash pinHash() {
    return pinHash;
  }

  /** What identifiers of people on file look like: as at any of the doors. */
  private IdentifierFormats formats() {
    IdentifierFormats ida = settings.doors().ida().identifiers().formats();
    Set<Integer> lengths = new HashSet<>(ida.uinLengths());
    if (settings.doors().identityV1().enabled()) {
      lengths.addAll(settings.doors().identityV1().uinLengths());
    }
    return new IdentifierFormats(lengths, ida.vidLength(), ida.handles());
  }

  /** What operators do with whom is on file. */
  public Administration administration() {
    return new Administration(
        new Administration.Parts(
            store,
            keyring,
            directory,
            formats(),
            settings.biometrics().comparesFingersItself(),
            audit,
            sessions,
            slowHash,
            ambient,
            random));
  }

  /** Stops and starts the channels on which letters leave. */
  public ChannelStops channelStops() {
    return channelStops;
  }

  /** Tells operators when a budget bites. */
  public BudgetLog budgetLog() {
    return budgetLog;
  }

  public Directory directory() {
    return directory;
  }

  public Provisioning provisioning() {
    return provisioning;
  }

  public Settings settings() {
    return settings;
  }

  public SecureRandom random() {
    return random;
  }

  public AuditTrail audit() {
    return audit;
  }

  /** Counts those who were not let in. */
  public RefusalTally refusals() {
    return refusals;
  }

  public Ambient ambient() {
    return ambient;
  }

  /** Enters the end of this start in the audit's register and closes the store. */
  @Override
  public void close() {
    try {
      refusals.writeAll();
      audit.close(store, ambient.now());
    } finally {
      store.close();
    }
  }
}
