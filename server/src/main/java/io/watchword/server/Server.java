package io.watchword.server;

import io.helidon.webserver.http.HttpService;
import io.watchword.server.couriers.Couriers;
import io.watchword.server.couriers.DeliveryMeters;
import io.watchword.server.couriers.ErrandRunner;
import io.watchword.server.couriers.OutboxCourier;
import io.watchword.server.couriers.connection.TrustedCertificates;
import io.watchword.server.demo.DemoAccounts;
import io.watchword.server.demo.DemoCredentials;
import io.watchword.server.demo.DemoMobile;
import io.watchword.server.demo.DemoPartnerFiles;
import io.watchword.server.demo.DemoPeople;
import io.watchword.server.demo.DemoTsp;
import io.watchword.server.demo.DemoUser;
import io.watchword.server.http.Clients;
import io.watchword.server.http.Health;
import io.watchword.server.http.HttpHost;
import io.watchword.server.http.Metrics;
import io.watchword.server.http.Mount;
import io.watchword.server.http.RequestId;
import io.watchword.server.ida.Witness;
import io.watchword.server.identityv1.V1Exchange;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.pages.AuthorityPages;
import io.watchword.server.pages.DemoPage;
import io.watchword.server.pages.DemoPages;
import io.watchword.server.pages.PhonePages;
import io.watchword.server.pages.PortalApi;
import io.watchword.server.pages.RequestLog;
import io.watchword.server.pages.ShopAttempts;
import io.watchword.server.pages.ShopPages;
import io.watchword.server.settings.Settings;
import io.watchword.server.upkeep.StoreMeters;
import io.watchword.server.upkeep.StoreProbe;
import io.watchword.server.upkeep.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A running server: the platform, its doors over HTTP, and what it does by itself. */
public final class Server implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Platform platform;
  private final HttpHost host;

  /**
   * What only the demo has.
   *
   * @param people file of the demo people
   * @param outbox where counterparts lay what they take; empty: nobody but the server itself
   * @param authority certificate (PEM) of the demo's own authority; empty: it has none
   */
  public record Demo(Path people, Optional<OutboxCourier> outbox, Optional<Path> authority) {

    /** Without counterparts and authority. */
    public Demo(Path people) {
      this(people, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Starts everything, or nothing: what was started before a failure is stopped again.
   *
   * @throws RuntimeException whose message tells the operator what is wrong
   */
  public Server(Settings settings, MasterKey master, InstantSource clock, Optional<Demo> demo) {
    try {
      platform = keep(new Platform(settings, master, clock));
      var outbox = demo.flatMap(Demo::outbox).orElseGet(() -> new OutboxCourier(clock));
      var requests = new RequestLog();
      var couriers =
          keep(
              Couriers.of(
                  settings.couriers(),
                  outbox,
                  clock,
                  platform.random(),
                  platform.channelStops()::now));
      ErrandRunner errands = keep(platform.errands(couriers));
      var metrics = keep(new Metrics());
      DeliveryMeters.register(metrics.registry(), couriers, errands, platform.store());
      platform.budgetLog().register(metrics.registry());
      StoreMeters.register(metrics.registry(), platform.store());
      var mounts = new ArrayList<Mount>();
      String own = ownAddress(settings);
      mounts.addAll(doors(settings, own, couriers, errands, requests));
      if (demo.isPresent()) {
        mounts.add(new Mount("demo", "/", pages(demo.get(), outbox, requests, own)));
      }
      host =
          keep(
              new HttpHost(
                  settings.server(),
                  mounts,
                  settings.doors().ida().bodyWithBiometrics().bytes(),
                  new Health(
                      List.of(new Health.Check("store", new StoreProbe(platform.store())::works))),
                  metrics,
                  platform.random()));
      platform.refresh();
      var heads = platform.heads();
      keep(
          new Upkeep(platform.store(), clock)
              .start(
                  this::refresh,
                  platform.refusals()::writeEnded,
                  () -> heads.write(platform.store()),
                  platform.abandonedAttempts()::close));
      errands.start();
      host.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private List<Mount> doors(
      Settings settings, String own, Couriers couriers, ErrandRunner errands, RequestLog requests) {
    InstantSource clock = platform.ambient().clock();
    var mounts = new ArrayList<Mount>();
    RelyingPartyDoors asked = keep(platform.relyingParties(own, couriers, errands));
    mounts.add(
        new Mount(
            "ida",
            settings.doors().ida().path(),
            asked.ida(RequestId::of, witness(clock, requests))));
    Exchange.Outside outside = kernelOutside(settings, clock, requests);
    var kernel = new KernelDoors(platform, own, outside);
    mounts.addAll(platform.kernel(kernel, own, couriers, errands, outside));
    if (settings.doors().identityV1().enabled()) {
      mounts.add(
          new Mount(
              "identity-v1",
              settings.doors().identityV1().path(),
              asked.identityV1(kernel.callers(), outside, identityV1Witness(clock, requests))));
    }
    return mounts;
  }

  private V1Exchange.Witness identityV1Witness(InstantSource clock, RequestLog requests) {
    return (request, operation, tsp, transaction, admitted, codes) -> {
      if (!admitted && !codes.isEmpty()) {
        platform.refusals().count("identity-v1", codes.getFirst());
      }
      requests.add(
          new RequestLog.Trace(
              clock.instant(),
              request,
              "identity-v1",
              operation,
              tsp,
              transaction,
              "",
              codes,
              Map.of()));
    };
  }

  /** Tells the demo's page of each request, and counts those of nobody who was let in. */
  private Witness witness(InstantSource clock, RequestLog requests) {
    return (request, operation, partner, transaction, step, codes, detail) -> {
      if (partner.isEmpty() && !codes.isEmpty()) {
        platform.refusals().count("ida", step + " " + codes.getLast());
      }
      requests.add(
          new RequestLog.Trace(
              clock.instant(),
              request,
              "ida",
              operation,
              partner,
              transaction,
              step,
              codes,
              detail));
    };
  }

  private Exchange.Outside kernelOutside(
      Settings settings, InstantSource clock, RequestLog requests) {
    var clients = new Clients(settings.server().trustedProxies());
    return new Exchange.Outside(
        RequestId::of,
        request -> clients.address(request).map(InetAddress::getHostAddress).orElse(""),
        (request, door, operation, codes) -> {
          if (codes.contains("KER-ATH-401") || codes.contains("KER-ATH-403")) {
            platform.refusals().count(door, codes.getFirst());
          }
          requests.add(
              new RequestLog.Trace(
                  clock.instant(), request, door, operation, "", "", "", codes, Map.of()));
        },
        platform.refusals()::count,
        clock);
  }

  private HttpService pages(Demo demo, OutboxCourier outbox, RequestLog requests, String own) {
    var people =
        new DemoPeople(
            platform.administration().imports(true),
            platform.store(),
            platform.directory(),
            platform.keyring(),
            platform.storePin(),
            platform.ambient().clock());
    Path data = platform.settings().store().folder();
    var credentials = new DemoCredentials(data);
    var accounts =
        new DemoAccounts(
            platform.administration().accounts(),
            platform.administration().applications(),
            credentials);
    List<DemoUser> holders;
    try {
      people.load(demo.people());
      accounts.loadApplications(demo.people().resolveSibling("applications.jsonl"));
      holders = accounts.loadAccounts(demo.people().resolveSibling("accounts.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException("the demo people cannot be read from " + demo.people(), e);
    }
    Supplier<List<DemoUser>> users =
        () -> Stream.concat(people.users().stream(), holders.stream()).toList();
    Path config =
        new DemoPartnerFiles(
                data,
                platform.provisioning(),
                platform.keys(),
                platform.random(),
                platform.ambient().clock())
            .prepare(own);
    new DemoTsp(
            platform.provisioning(), platform.keyring(), platform.ambient().clock(), credentials)
        .prepare();
    DemoMobile.Portal portal =
        new DemoMobile(platform.administration().mobile(), credentials).prepare(own);
    credentials.write(users.get());
    var pages =
        new DemoPages(
            outbox,
            requests,
            new DemoPages.People(users::get, () -> users.get().stream().map(Server::row).toList()),
            config.toString());
    ShopPages shop = shop(demo, portal, data.resolve("shop"));
    return rules -> {
      pages.routing(rules);
      shop.routing(rules);
      new PhonePages().routing(rules);
      demo.authority().ifPresent(file -> new AuthorityPages(file).routing(rules));
    };
  }

  private ShopPages shop(Demo demo, DemoMobile.Portal portal, Path attempts) {
    var api =
        new PortalApi(
            this::url,
            portal.clientId(),
            portal.clientSecret(),
            TrustedCertificates.context(demo.authority()));
    return new ShopPages(
        api,
        new Clients(platform.settings().server().trustedProxies()),
        new ShopAttempts(attempts, platform.ambient().clock()),
        portal.origin(),
        platform.random());
  }

  private static DemoPage.Person row(DemoUser user) {
    return DemoPage.Person.of(
        user.kind(),
        user.name(),
        user.uin(),
        user.vid(),
        user.handle(),
        user.email(),
        user.phone());
  }

  /** The address by which clients reach this server, as far as it is known before it listens. */
  private static String ownAddress(Settings settings) {
    String known = settings.server().publicUrl();
    return known != null ? known : settings.server().address(settings.server().port());
  }

  private void refresh() {
    platform.refresh();
    host.refresh();
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /** What the server is made of, for commands that run inside it. */
  public Platform platform() {
    return platform;
  }

  /** The address by which clients reach it. */
  public String url() {
    return host.url();
  }

  /** The address on which it listens. */
  public String localUrl() {
    return host.localUrl();
  }

  /** Stops listening first and closes the store last. Nothing that was acknowledged is lost. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(Server.class).warn("a part did not close", e);
      }
    }
  }
}
