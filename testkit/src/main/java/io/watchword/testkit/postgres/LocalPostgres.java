package io.watchword.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server for the tests of one JVM.
 *
 * <p>PostgreSQL refuses to run as root. Where the tests run as root, the server is started by
 * {@code unshare --user}, under which it sees itself as nobody; that needs user namespaces. Where
 * the server cannot run, the test that asks for it is left out, and the report names the reason;
 * with {@code WATCHWORD_POSTGRES=required} in the environment it fails instead.
 */
public final class LocalPostgres {

  /** The user of every database. */
  public static final String USER = "postgres";

  /** Any will do: the cluster trusts the loopback address. */
  public static final String PASSWORD = "postgres";

  private static final Duration START = Duration.ofSeconds(60);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static @Nullable LocalPostgres running;
  private static @Nullable String whyNot;

  private final EmbeddedPostgres server;
  private final Path folder;

  private LocalPostgres(EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * The server, started at the first call and stopped at the end of the JVM.
   *
   * @throws org.opentest4j.TestAbortedException if this machine cannot run it
   */
  public static synchronized LocalPostgres shared() {
    if (running == null && whyNot == null) {
      try {
        running = start();
      } catch (IOException | SQLException | RuntimeException e) {
        whyNot = "PostgreSQL does not start here: " + e.getMessage();
      }
    }
    LocalPostgres found = running;
    if (found != null) {
      return found;
    }
    if ("required".equals(System.getenv("WATCHWORD_POSTGRES"))) {
      throw new IllegalStateException(whyNot);
    }
    return Assumptions.abort(String.valueOf(whyNot));
  }

  private static LocalPostgres start() throws IOException, SQLException {
    Path folder = Files.createTempDirectory("watchword-postgres-");
    EmbeddedPostgres server;
    try {
      // The library starts it with -F; these come after it on the command line and win.
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("data"))
              .setServerConfig("fsync", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "100")
              .setPGStartupWait(START)
              .start();
    } catch (IOException | RuntimeException e) {
      delete(folder);
      throw e;
    }
    LocalPostgres local = new LocalPostgres(server, folder);
    Runtime.getRuntime().addShutdownHook(new Thread(local::stop, "stop-postgres"));
    if (!local.ask("SHOW fsync").equals("on")) {
      throw new IllegalStateException("it runs without fsync");
    }
    return local;
  }

  /** Makes an empty database; its JDBC URL. */
  public String newDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
  }

  /** Removes a database, whoever is still connected to it. */
  public void drop(String url) {
    execute("DROP DATABASE IF EXISTS " + url.substring(url.lastIndexOf('/') + 1) + " WITH (FORCE)");
  }

  /** Where the server keeps its files. */
  public Path folder() {
    return folder;
  }

  private void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", USER, PASSWORD);
  }

  private void stop() {
    try {
      server.close();
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException error)
              throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
