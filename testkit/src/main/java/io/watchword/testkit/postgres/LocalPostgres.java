package io.watchword.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
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
 * with {@code POSTGRES_TESTS=required} in the environment it fails instead.
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
    if ("required".equals(System.getenv("POSTGRES_TESTS"))) {
      throw new IllegalStateException(whyNot);
    }
    return Assumptions.abort(String.valueOf(whyNot));
  }

  /** The library stops the server and removes its files at the end of the JVM. */
  private static LocalPostgres start() throws IOException, SQLException {
    // The library starts it with -F; these come after it on the command line and win.
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100")
            .setPGStartupWait(START)
            .start();
    if (!ask(server, "SHOW fsync").equals("on")) {
      server.close();
      throw new IllegalStateException("it runs without fsync");
    }
    return new LocalPostgres(server, Path.of(ask(server, "SHOW data_directory")));
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
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ask(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static Connection connect(EmbeddedPostgres server) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", USER, PASSWORD);
  }
}
