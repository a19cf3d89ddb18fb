package io.watchword.server.canary;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import io.watchword.server.cli.Main;
import org.slf4j.LoggerFactory;

/**
 * The program with every logger at its most talkative, of libraries too, which no setting of an
 * operator can bring about. A process starts here.
 */
final class Talkative implements LoggerContextListener {

  private Talkative() {}

  /** As {@link Main#main}. */
  public static void main(String[] args) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.addListener(new Talkative());
    Main.main(args);
  }

  @Override
  public boolean isResetResistant() {
    return true;
  }

  @Override
  public void onLevelChange(Logger logger, Level level) {
    if (level != Level.TRACE) {
      logger.setLevel(Level.TRACE);
    }
  }

  @Override
  public void onStart(LoggerContext context) {}

  @Override
  public void onReset(LoggerContext context) {}

  @Override
  public void onStop(LoggerContext context) {}
}
