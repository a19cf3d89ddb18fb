package io.watchword.server.cli;

import io.watchword.server.Server;
import io.watchword.server.couriers.OutboxCourier;
import io.watchword.server.demo.DemoAuthority;
import io.watchword.server.demo.counterparts.Counterparts;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.SettingsReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the demo. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs everything on this machine, with invented people, a partner and its keystores.",
      "Started again it keeps its data. Ctrl-C stops it."
    })
final class DemoCommand implements Callable<Integer> {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--port", defaultValue = "8080", description = "listens here (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--tls",
      description = {
        "speaks HTTPS on the port, with a certificate of an authority of its own in the data",
        "folder, so that a phone on the same network can scan the login page's code"
      })
  private boolean tls;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "listens on this address (127.0.0.1); 0.0.0.0 for all, which needs --tls")
  private @Nullable String host;

  @Option(
      names = "--data",
      defaultValue = "demo-data",
      description = "keeps its data here (${DEFAULT-VALUE})")
  private Path data = Path.of("demo-data");

  @Option(
      names = "--log",
      paramLabel = "SHAPE",
      description = "json, or text for people at a terminal; wins over server.log.shape")
  private @Nullable String log;

  @Option(
      names = "--with",
      split = ",",
      paramLabel = "KIND",
      description = {
        "sends letters over real protocols to counterparts on this machine:",
        "${COMPLETION-CANDIDATES}, with commas; the page shows what arrives"
      })
  private Set<Counterparts.Kind> counterparts = Set.of();

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "changes a setting")
  private Map<String, String> changes = Map.of();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    var reader =
        new SettingsReader()
            .profile("demo")
            .environment(System.getenv())
            .set("server.port", Integer.toString(port))
            .set("store.folder", data.toString());
    if (log != null) {
      reader.set("server.log.shape", log);
    }
    if (host != null) {
      reader.set("server.host", host);
    }
    Optional<DemoTls> secured = tls ? Optional.of(DemoTls.of(host, port, data)) : Optional.empty();
    secured.ifPresent(it -> it.settings().forEach(reader::set));
    var outbox = new OutboxCourier(Clock.systemUTC());
    try (var outside = Counterparts.start(counterparts, outbox)) {
      outside.settings().forEach(reader::set);
      changes.forEach(reader::set);
      return run(out, reader, outbox, outside, secured);
    }
  }

  private int run(
      PrintWriter out,
      SettingsReader reader,
      OutboxCourier outbox,
      Counterparts outside,
      Optional<DemoTls> secured)
      throws Exception {
    Settings settings = reader.read().settings();
    if (Exposure.isPlainAndPublic(settings.server())) {
      throw new IllegalArgumentException(
          "server.host: other machines can reach " + settings.server().host() + "; add --tls");
    }
    Logging.configure(settings.server().log());
    boolean first = !Files.exists(data);
    if (first) {
      out.println("Making keys, certificates and demo people in " + data + " …");
      out.flush();
    }
    Files.createDirectories(data, OWNER_ONLY);
    Optional<DemoAuthority.Issued> issued = secured.map(DemoTls::issue);
    var server =
        new Server(
            settings,
            MasterKey.fromFileOrNew(data.resolve(Masters.FILE), new SecureRandom()),
            Clock.systemUTC(),
            Optional.of(
                new Server.Demo(
                    Home.file("config/demo/people.jsonl"),
                    Optional.of(outbox),
                    issued.map(DemoAuthority.Issued::authority))));
    out.printf(
        """

        Watchword demo: %s/   (letters, recent requests, people)

        Three things to try:
          1. curl -s %s%s/health
          2. %s/usr/bin/python3 contracts/check_ida.py --data %s --base %s
          3. the published Python SDK or our Java client, with %s

        Ctrl-C stops it; the data stays in %s.
        """,
        server.url(),
        issued.map(it -> "--cacert " + it.authority() + " ").orElse(""),
        server.url(),
        issued.map(it -> "REQUESTS_CA_BUNDLE=" + it.authority() + " ").orElse(""),
        data,
        server.url(),
        data.resolve("partner").resolve("config.toml"),
        data);
    issued.ifPresent(it -> out.println(secured.orElseThrow().told(it, server.url())));
    outside.places().forEach(place -> out.println("Letters go over " + place + "."));
    out.flush();
    Foreground.run(server);
    return 0;
  }
}
