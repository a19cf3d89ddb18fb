package io.watchword.server.cli;

import io.watchword.server.Server;
import io.watchword.server.admin.AdminListener;
import java.util.concurrent.CountDownLatch;

/** Keeps a server running until the process is told to stop by Ctrl-C or SIGTERM. */
final class Foreground {

  private Foreground() {}

  /** Takes commands meanwhile. Returns when the server has closed. */
  static void run(Server server) throws InterruptedException {
    var platform = server.platform();
    var admin =
        new AdminListener(
            platform.settings().store().folder(), new AdminCommands(platform), platform.random());
    var closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  admin.close();
                  server.close();
                  closed.countDown();
                }));
    closed.await();
  }
}
