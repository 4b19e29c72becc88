package dev.inkan.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Keeps what a simulation only seems to do out of the log; warnings stay. */
public final class QuietLog {

  private QuietLog() {}

  public static <T> T during(Supplier<T> work) {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.inkan");
    Level before = logger.getLevel();
    logger.setLevel(Level.WARN);
    try {
      return work.get();
    } finally {
      logger.setLevel(before);
    }
  }
}
