package dev.inkan.server.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.inkan.server.config.LogConfig.Format;
import java.util.Iterator;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** What a line of the log looks like: for eyes, as logback.xml says, or for programs. */
public final class LogOutput {

  private LogOutput() {}

  /**
   * Writes in {@code format} from now on. Where something else than Logback writes the log, it is
   * left alone.
   */
  public static void use(Format format) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (format == Format.JSON && factory instanceof LoggerContext context) {
      Iterator<Appender<ILoggingEvent>> appenders =
          context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
      while (appenders.hasNext()) {
        if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> stream) {
          stream.setEncoder(json(context));
        }
      }
    }
  }

  /** One object a line: when, how bad, where, of which request, and what. */
  static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithMarkers(false);
    encoder.setWithKVPList(false);
    // The sentence with its values in it, and neither by itself.
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
