package dev.inkan.server.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The log as programs get it. */
public final class JsonLines {

  private JsonLines() {}

  /** What {@code events} look like. */
  public static byte[] of(List<ILoggingEvent> events) {
    Encoder<ILoggingEvent> encoder =
        LogOutput.json((LoggerContext) LoggerFactory.getILoggerFactory());
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    List.copyOf(events).forEach(event -> lines.writeBytes(encoder.encode(event)));
    return lines.toByteArray();
  }
}
