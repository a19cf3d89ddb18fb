package io.watchword.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.watchword.server.http.ServerSettings.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets the log to the shape and amount of the settings: lines of JSON, or text for a terminal. What
 * is more than {@code info} is asked of our own code alone: libraries would write down whole
 * messages, with the codes and identifiers in them.
 */
final class Logging {

  /** Without line breaks in the message: nobody can forge a line. */
  private static final String TEXT =
      "%d{HH:mm:ss.SSS} %-5level %replace(%msg){'[\\r\\n]+', ' '} %mdc%n";

  private static final String OURS = "io.watchword";
  private static final String HTTP = "io.helidon";
  private static final String MIGRATIONS = "org.flywaydb";

  private Logging() {}

  static void configure(Log log) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder(log, context));
    console.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(console);
    Level level = Level.toLevel(log.level().name());
    root.setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
    context.getLogger(OURS).setLevel(level);
    context.getLogger(HTTP).setLevel(Level.WARN);
    context.getLogger(MIGRATIONS).setLevel(Level.WARN);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static Encoder<ILoggingEvent> encoder(Log log, LoggerContext context) {
    if (log.shape() == Log.Shape.JSON) {
      var json = new JsonEncoder();
      json.setContext(context);
      json.setWithContext(false);
      json.setWithArguments(false);
      json.setWithMessage(false);
      json.setWithFormattedMessage(true);
      json.setWithSequenceNumber(false);
      json.setWithNanoseconds(false);
      json.start();
      return json;
    }
    var text = new PatternLayoutEncoder();
    text.setContext(context);
    text.setPattern(TEXT);
    text.start();
    return text;
  }
}
