package io.watchword.server.http;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** The web server's connection, served while {@link Traffic} watches. */
final class GuardedConnection implements ServerConnection, InterruptableTask<Void> {

  private final ServerConnection connection;
  private final Traffic.Connection watched;

  GuardedConnection(ServerConnection connection, Traffic.Connection watched) {
    this.connection = connection;
    this.watched = watched;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    watched.serve(() -> connection.handle(limit));
  }

  @Override
  public Duration idleTime() {
    return connection.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    connection.close(interrupt);
  }

  /** Between requests, so that a stop does not wait for connections that do nothing. */
  @Override
  public boolean canInterrupt() {
    return connection instanceof InterruptableTask<?> task && task.canInterrupt();
  }
}
