package io.watchword.server.cli;

import io.watchword.server.Server;
import java.util.concurrent.CountDownLatch;

/** Keeps a server running until the process is told to stop by Ctrl-C or SIGTERM. */
final class Foreground {

  private Foreground() {}

  /** Returns when the server has closed. */
  static void run(Server server) throws InterruptedException {
    var closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  server.close();
                  closed.countDown();
                }));
    closed.await();
  }
}
