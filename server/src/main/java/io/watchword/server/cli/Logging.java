package io.watchword.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.watchword.server.settings.ServerSettings.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the log to the shape and amount of the settings: lines of JSON, or text for a terminal. */
final class Logging {

  private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %msg %mdc%n";

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
    root.setLevel(Level.toLevel(log.level().name()));
  }

  private static Encoder<ILoggingEvent> encoder(Log log, LoggerContext context) {
    if (log.shape() == Log.Shape.JSON) {
      var json = new JsonEncoder();
      json.setContext(context);
      json.setWithContext(false);
      json.setWithArguments(false);
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
